import type { Duplex } from "node:stream";

/**
 * Reads from a socket until `take` finds what it looks for at the beginning of the bytes so far and says how many they are; 0: more are needed.
 * What follows stays in the socket. Rejects where the socket fails or ends before.
 */
export function readBytes(socket: Duplex, take: (bytes: Buffer) => number): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off("data", onData).off("error", onError).off("close", onClose).off("end", onClose);
      socket.pause();
      act();
    };
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      let length: number;
      try {
        length = take(bytes);
      } catch (error) {
        return settle(() => reject(error));
      }
      if (length === 0) return;
      settle(() => {
        if (bytes.length > length) socket.unshift(bytes.subarray(length));
        resolve(bytes.subarray(0, length));
      });
    };
    const onError = (error: Error) => settle(() => reject(error));
    const onClose = () => settle(() => reject(Object.assign(new Error("The connection was closed."), { code: "ECONNRESET" })));
    socket.on("data", onData).on("error", onError).on("close", onClose).on("end", onClose);
    socket.resume();
  });
}
