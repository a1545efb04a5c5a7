import { Command } from "commander";
import type { CommandContext } from "./context.js";

export const permissionsCommand = (_context: CommandContext): Command => new Command("permissions");
