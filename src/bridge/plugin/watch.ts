import type * as http2 from "node:http2";
import type * as net from "node:net";

const LOOK_EVERY_MS = 2_000;
/** What is waiting at one look may be so by chance. */
const LOOKS = 3;

/**
 * Ends a connection whose client broke a rule of HTTP/2. Node 20 says goodbye to such a client, and then may neither write nor read any more: it
 * would keep the connection for ever, even after the client has gone, and the plugin would never be an orphan.
 *
 * What tells is that something is to be sent or to be ended, and does not get on although the system has nothing to send before it. That pings
 * are not answered is not enough: a client that is stopped or slow is none that broke a rule.
 */
export function endWhenBroken(session: http2.ServerHttp2Session, socket: net.Socket): void {
  let stuck = 0;
  const look = () => {
    stuck = isWaiting(session) && unsentBytes(socket) === 0 ? stuck + 1 : 0;
    if (stuck >= LOOKS) {
      session.destroy();
      socket.destroy();
    } else if (!session.destroyed)
      session.ping((error) => {
        if (!error) stuck = 0;
      });
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  socket.once("close", () => clearInterval(timer));
}

const isWaiting = ({ destroyed, closed, state }: http2.ServerHttp2Session): boolean =>
  destroyed || closed || (state.outboundQueueSize ?? 0) > 0;

interface Handle {
  readonly writeQueueSize?: number;
  /** What TLS writes to. */
  readonly _parent?: Handle;
}

/** HTTP/2 and TLS write past the socket's own buffer, so that only the handle knows. Where it tells nothing, bytes may be waiting. */
function unsentBytes(socket: net.Socket): number {
  const { _handle: handle } = socket as { readonly _handle?: Handle | null };
  return (handle?._parent ?? handle)?.writeQueueSize ?? Number.POSITIVE_INFINITY;
}
