export interface CallContext {
  /** Aborted when the client cancels the call or its connection goes. */
  readonly signal: AbortSignal;
}

export type Method =
  | { readonly kind: "unary"; call(request: Uint8Array, context: CallContext): Promise<Uint8Array> }
  | {
      readonly kind: "serverStream";
      /** Open as long as its connection: the plugin's end does not wait for it. */
      readonly idle?: true;
      call(request: Uint8Array, context: CallContext): AsyncIterable<Uint8Array>;
    };

/** The method of a path such as `/package.Service/Method`; undefined where there is none. May load code on first use. */
export type MethodLookup = (path: string) => Method | undefined | Promise<Method | undefined>;

/** What serves one client. */
export interface Session {
  readonly methods: MethodLookup;
  /** Takes what was thrown or rejected where nobody caught it; `false` where it is none of this session. */
  takesStray(error: unknown): boolean | Promise<boolean>;
  /** Done before the plugin ends, and before the host's Shutdown is answered; while debugging, once the client has gone. */
  end(): Promise<void>;
}

export interface PluginOptions {
  /** What the host puts into the environment to say that it is the one that starts the plugin. */
  readonly cookie: { readonly key: string; readonly value: string };
  readonly protocolVersion: number;
  /** Told to a person who starts the plugin by hand. */
  readonly description: string;
  /** The host that starts the plugin is one client; while debugging each connection is one. */
  readonly session: () => Session;
}
