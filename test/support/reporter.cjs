// Jest loads reporters untransformed, hence no TypeScript.
const { relative } = require("node:path");
const { writeSync } = require("node:fs");

const SLOWEST = 10;

/** Prints the slowest files, the tests that a given server or engine cannot show, and the counts as the last line of the run. */
class CountReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
    const files = testResults
      .map(({ testFilePath, perfStats }) => ({ file: relative(process.cwd(), testFilePath), seconds: perfStats.runtime / 1000 }))
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, SLOWEST)
      .map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
    const skipped = testResults.flatMap(({ testResults: tests }) =>
      tests
        .filter(({ status, fullName }) => status === "pending" && fullName.includes("(skipped: "))
        .map(({ fullName }) => `  ${fullName}`),
    );
    const left = skipped.length > 0 ? `Skipped:\n${skipped.join("\n")}\n\n` : "";
    // A file that does not even load has no failed test, but it failed.
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // Jest's own summary comes after all reporters, so the end of the process is the only place for a last line.
    process.once("exit", () =>
      writeSync(1, `\nThe slowest files:\n${files.join("\n")}\n\n${left}${numPassedTests} passed, ${failed} failed\n`),
    );
  }
}

module.exports = CountReporter;
