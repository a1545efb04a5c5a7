import { readFileSync } from "node:fs";

/** The time that a file holds (RFC 3339). Throws where it cannot be read or holds no time. */
export function readClock(file: string): Date {
  const time = new Date(readFileSync(file, "utf8").trim());
  if (Number.isNaN(time.getTime())) throw new Error(`${file} holds no time such as 2031-01-01T00:00:00Z`);
  return time;
}

/** A clock that shows what a file holds at each look. While the file is being replaced it shows what it showed before. */
export function fileClock(file: string): () => Date {
  let last = readClock(file);
  return () => {
    try {
      last = readClock(file);
    } catch {
      // Half a file, or none for a moment: a request is answered all the same.
    }
    return last;
  };
}
