import type { Content } from "./bill-of-materials.js";
import { runtimeVersion } from "./tools.js";

/** The C library that the compiler links into the launcher for Linux. The compiler determines its version. */
const MUSL: Content = { name: "musl", version: "1.2.5", license: "MIT" };

/** Parts of the executables that are not npm packages. */
export const runtimes = async (): Promise<{ readonly contents: readonly Content[]; readonly notice: string }> => {
  const bun = { name: "bun", version: await runtimeVersion("linux-x64"), license: "MIT" };
  return { contents: [bun, MUSL], notice: noticeOf(bun.version) };
};

/** Bun's packages contain no licence text. */
const noticeOf = (bunVersion: string): string => `${"-".repeat(78)}

Bun ${bunVersion} (MIT, Copyright Oven)

The executables are made of Bun, which contains JavaScriptCore (LGPL-2.0-or-later) and
other libraries. Their licences, and how to link them anew: https://bun.com/docs/project/licensing
Its source: https://github.com/oven-sh/bun, tag bun-v${bunVersion}

${"-".repeat(78)}

musl ${MUSL.version} (MIT, Copyright Rich Felker and others), in the launcher of the archives for Linux
https://musl.libc.org, file COPYRIGHT of its source
`;
