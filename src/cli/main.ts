#!/usr/bin/env node
// The command `glif`.
import process from "node:process";
import { commandLine } from "./program.ts";
import { processTerminal } from "./terminal.ts";

// Never process.exit: what is still on its way into a pipe would be cut off.
const code = await commandLine(process.argv.slice(2), processTerminal());
if (code !== 0) process.exitCode = code;
