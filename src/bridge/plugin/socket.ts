import { mkdtempSync, rmSync } from "node:fs";
import type * as net from "node:net";
import { homedir, tmpdir } from "node:os";
import { resolve as absolute, join } from "node:path";

const LOOPBACK = "127.0.0.1";
/** What every system takes for the path of a socket, in bytes: macOS 103, Linux 107. Node.js cuts a longer one off without a word. */
const MAX_PATH_BYTES = 103;
const SOCKET = "socket";
const RANDOM = "plugin-XXXXXX";

export interface Address {
  /** In Go's words, as the handshake and TF_REATTACH_PROVIDERS have them. */
  readonly network: "unix" | "tcp";
  readonly address: string;
  /** Removes the socket and its folder, where there are any; safe to call again. */
  remove(): void;
}

/**
 * Binds a server to a Unix socket in a folder of its own that only this user can enter: where the host or the environment says, or
 * else, since a folder may be full, read-only or too deep for a socket, in the next place that works. On Windows, where runtimes have no such
 * sockets, and where no place works, it is a port of the loopback interface; only for a server that lets in nobody but its host.
 */
export async function bind(server: net.Server, { tcp }: { readonly tcp: boolean }): Promise<Address> {
  const failures: string[] = [];
  if (process.platform !== "win32")
    for (const place of places()) {
      try {
        return await bindUnix(server, place);
      } catch (error) {
        failures.push(`${place}: ${(error as Error).message}`);
      }
    }
  if (tcp) return bindTcp(server);
  throw new Error(`there is no folder for its socket; set TMPDIR to a short path that can be written to (${failures.join("; ")})`);
}

function places(): ReadonlySet<string> {
  const wanted = [process.env.PLUGIN_UNIX_SOCKET_DIR, tmpdir(), "/tmp", "/var/tmp", process.env.XDG_RUNTIME_DIR, homedir()];
  return new Set(wanted.filter((place) => place !== undefined && place !== "").map((place) => absolute(place as string)));
}

async function bindUnix(server: net.Server, place: string): Promise<Address> {
  if (Buffer.byteLength(join(place, RANDOM, SOCKET)) > MAX_PATH_BYTES) throw new Error("the path is too long for a socket");
  const folder = mkdtempSync(join(place, RANDOM.slice(0, -6)));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const address = join(folder, SOCKET);
    await listening(server, { path: address });
    return { network: "unix", address, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function bindTcp(server: net.Server): Promise<Address> {
  await listening(server, { port: 0, host: LOOPBACK });
  return { network: "tcp", address: `${LOOPBACK}:${(server.address() as net.AddressInfo).port}`, remove: () => {} };
}

function listening(server: net.Server, where: net.ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, () => {
      server.off("error", reject);
      resolve();
    });
  });
}
