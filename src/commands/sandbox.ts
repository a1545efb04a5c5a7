import { Command } from "commander";
import type { CommandContext } from "./context.js";

export const sandboxCommand = (_context: CommandContext): Command => new Command("sandbox");
