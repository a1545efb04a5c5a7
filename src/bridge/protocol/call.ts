import type { ProviderServer } from "../framework/provider-server.js";
import { logged } from "./call-log.js";
import { diagnosticsTo } from "./diagnostics.js";
import { decode, encode, type MessageName, type MessageOf } from "./wire/index.js";

/** One call of the service: bytes in, bytes out. */
export type Call = (server: ProviderServer, request: Uint8Array, signal: AbortSignal) => Promise<Uint8Array>;

/** Reads the request, answers with the response message; only bytes that are no message of the protocol are thrown. */
export const call =
  <Request extends MessageName, Response extends MessageName>(
    request: Request,
    response: Response,
    handle: (server: ProviderServer, request: MessageOf<Request>, signal: AbortSignal) => Promise<MessageOf<Response>>,
  ): Call =>
  async (server, bytes, signal) => {
    const message = decode(request, bytes);
    const served = logged(message);
    try {
      const answer = await handle(server, message, signal);
      const encoded = encode(response, answer);
      served(answer);
      return encoded;
    } catch (error) {
      // A request for something that is not there, or a value that does not fit the schema, is an answer as well.
      const answer = { diagnostics: diagnosticsTo([server.diagnosticOf(error)]) };
      served(answer);
      return encode(response, answer as never);
    }
  };

/** One call that is answered by messages one after the other. */
export type StreamCall = (server: ProviderServer, request: Uint8Array, signal: AbortSignal) => AsyncIterable<Uint8Array>;

/** Like `call`; `failed` makes the last message of what the handler itself cannot turn into a diagnostic. */
export const streamCall = <Request extends MessageName, Event extends MessageName>(
  request: Request,
  event: Event,
  handle: (server: ProviderServer, request: MessageOf<Request>, signal: AbortSignal) => AsyncIterable<MessageOf<Event>>,
  failed: (diagnostics: MessageOf<"Diagnostic">[]) => MessageOf<Event>,
): StreamCall =>
  async function* (server, bytes, signal) {
    const message = decode(request, bytes);
    const served = logged(message);
    try {
      for await (const answer of handle(server, message, signal)) yield encode(event, answer);
      served({});
    } catch (error) {
      const diagnostics = diagnosticsTo([server.diagnosticOf(error)]);
      served({ diagnostics });
      yield encode(event, failed(diagnostics));
    }
  };
