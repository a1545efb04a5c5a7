import { Command } from "commander";
import type { CommandContext } from "../context.js";
import { Failure } from "../failure.js";
import type { Finding } from "./finding.js";
import { examineMachine } from "./machine.js";
import { examineServer } from "./server.js";

interface Options {
  readonly endpoint?: string;
  readonly org?: string;
  readonly json?: boolean;
}

export const doctorCommand = (context: CommandContext): Command =>
  new Command("doctor")
    .description("check this machine, the server and the API key, and say what to do")
    .option("--endpoint <url>", "the Integration API; otherwise PANGOLIN_ENDPOINT")
    .option("--org <id>", "with an organization key: check what it may read in this organization")
    .option("--json", "print a JSON array of {subject, state, text, advice}")
    .addHelpText(
      "after",
      "\nThe API key is read from PANGOLIN_API_KEY, sent to the endpoint, and never printed. Only read requests are sent.",
    )
    .action((options: Options) => examine(context, options));

async function examine(context: CommandContext, { endpoint, org, json }: Options): Promise<void> {
  const findings: Finding[] = [];
  const tell = (finding: Finding) => {
    findings.push(finding);
    if (!json) context.print(lineOf(finding));
  };
  for (const finding of await examineMachine(context)) tell(finding);
  await examineServer({ endpoint, org, env: context.env }, tell);
  if (json) context.print(JSON.stringify(findings, null, 2));
  const bad = findings.filter(({ state }) => state === "failed");
  if (bad.length > 0)
    throw new Failure(
      `${bad.length} of ${findings.length} checks failed: ${bad.map(({ subject }) => subject).join(", ")}.`,
      "Each line says what to do.",
    );
}

const MARKS = { ok: "ok     ", warning: "warning", failed: "FAILED " } as const;

const lineOf = ({ state, subject, text, advice }: Finding): string =>
  `${MARKS[state]}  ${subject}: ${text}${advice === undefined ? "" : `\n         ${advice.replaceAll("\n", "\n         ")}`}`;
