#!/usr/bin/env node
// The command `glif`.
import module from "node:module";
import process from "node:process";

// From Node 22 on, what is compiled of glif is kept between starts, where the system lets it.
(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

// Never process.exit: what is still on its way into a pipe would be cut off.
try {
  const [{ commandLine }, { processTerminal }] = await Promise.all([import("./program.ts"), import("./terminal.ts")]);
  const code = await commandLine(process.argv.slice(2), processTerminal());
  if (code !== 0) process.exitCode = code;
} catch (error) {
  // Where the system gives too few open files, not even the parts of glif can be read.
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) throw error;
  process.stderr.write(
    `error: glif cannot be loaded: ${message}${/^E[MN]FILE$/.test(code) ? "; `ulimit -n` says how many may be" : ""}\n`,
  );
  process.exitCode = 1;
}
