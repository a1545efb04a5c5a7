import { Command } from "commander";
import type { CommandContext } from "./context.js";

export const doctorCommand = (_context: CommandContext): Command => new Command("doctor");
