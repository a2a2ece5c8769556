// What commands say on standard error.
import { shortWords } from "../base/shortWords.ts";
import { inReadingOrder, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { visible } from "../render/glyphs.ts";
import { ink } from "../render/ink.ts";
import { renderDiagnostics } from "../render/terminal.ts";
import type { Terminal } from "./terminal.ts";

/** One line; text from outside cannot move the cursor or begin another one. */
export function say(terminal: Terminal, line: string): void {
  terminal.err(`${visible(shortWords(line))}\n`);
}

/** What is laid out and coloured already, with whatever it has from outside cleaned. */
export function show(terminal: Terminal, text: string): void {
  terminal.err(`${text}\n`);
}

/** `error: …` and what to do about it; text from outside cannot move the cursor. */
export function complain(terminal: Terminal, message: string, help: readonly string[] = []): void {
  const style = { color: terminal.color.err };
  terminal.err(`${ink("error", "error", style)}${ink(`: ${visible(shortWords(message))}`, "strong", style)}\n`);
  for (const text of help)
    terminal.err(`${ink("help", "strong", style)}: ${shortWords(text).split("\n").map(visible).join("\n")}\n`);
}

export function warn(terminal: Terminal, message: string): void {
  terminal.err(`${ink("warning", "warning", { color: terminal.color.err })}: ${visible(shortWords(message))}\n`);
}

/** A file that could not be read has no line to show. */
export function showDiagnostics(terminal: Terminal, diagnostics: readonly Diagnostic[]): void {
  const style = { color: terminal.color.err };
  const placeless = diagnostics.filter((d) => d.primary.span.source.text === "" && d.severity === "error");
  for (const d of inReadingOrder(placeless))
    terminal.err(
      `${ink(`${d.severity}[${d.code}]`, d.severity, style)}${ink(`: ${visible(d.message)}`, "strong", style)}\n${d.help
        .map((help) => `help: ${visible(help)}\n`)
        .join("")}`,
    );
  const rest = diagnostics.filter((d) => !placeless.includes(d));
  if (rest.length > 0) terminal.err(`${renderDiagnostics(rest, style)}\n`);
}
