// glif import: a model of another tool becomes glif text, to standard output or into a file.
import { basename, join, resolve } from "node:path";
import { sourceText, span, type SourceText } from "../../base/source.ts";
import { nearNames } from "../../base/nearNames.ts";
import { check } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { unreadable } from "../../diagnostics/run.ts";
import { importAllen, type AllenImport } from "../../exchange/allen.ts";
import { diagnosticsToJson } from "../../render/json.ts";
import { renderDiagnostics } from "../../render/terminal.ts";
import { decodeInput, readSource } from "../../simulate/readSource.ts";
import { counted } from "../numbers.ts";
import { isFolder, isStandardOutput, mayReplace, realPathOf } from "../places.ts";
import { complain, say, showDiagnostics } from "../talk.ts";
import type { Terminal } from "../terminal.ts";
import { whyNotWritten } from "../wrote.ts";

/** As the command line gives them. */
export interface ImportOptions {
  readonly out?: string;
  readonly name?: string;
  readonly json: boolean;
}

const FORMATS: Readonly<Record<string, (source: SourceText, name: string | null) => AllenImport>> = {
  allen: importAllen,
};

/** Writes nothing where there is any error. What is written has been checked: it is a model without mistakes. */
export async function importModel(
  format: string,
  [file = "-", ...others]: readonly string[],
  options: ImportOptions & { readonly sweeps?: string },
  terminal: Terminal,
): Promise<number> {
  const read = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (read === undefined) {
    const near = nearNames(format, [...Object.keys(FORMATS), "recording"]);
    complain(terminal, `glif does not import ${format}`, [
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : "what can be imported: allen, a neuron_config.json of the Allen Cell Types Database, and recording, an instrument's file",
    ]);
    return 2;
  }
  if (others.length > 0 || options.sweeps !== undefined) {
    complain(
      terminal,
      others.length > 0 ? `${format} is imported from one file` : "--sweeps is an option of glif import recording",
    );
    return 2;
  }
  if (options.name !== undefined && !/^[\p{L}_][\p{L}\p{N}_₀-₉]*$/u.test(options.name)) {
    complain(terminal, `${options.name} is no name for a neuron`, [
      "a name is letters, digits and _, and begins with a letter: --name Htr3a",
    ]);
    return 2;
  }
  const reading = file === "-" ? decodeInput(await terminal.readInput()) : readSource(resolve(terminal.cwd, file));
  if ("problem" in reading)
    return finish(
      {
        text: null,
        neurons: [],
        diagnostics: [
          unreadable(span(sourceText(file, ""), 0, 0), {
            path: file === "-" ? "standard input" : file,
            problem: reading.problem,
          }),
        ],
      },
      null,
      options,
      terminal,
    );

  // Of the path only the file's name is said in the model: folders are nobody else's business.
  const shown = file === "-" ? "standard input" : basename(file);
  const found = read(sourceText(shown, reading.text), options.name ?? null);
  if (found.text === null) return finish(found, null, options, terminal);
  const mistakes = mistakesOf(found.text);
  if (mistakes.length > 0) {
    complain(
      terminal,
      options.name === undefined
        ? `the imported model does not check:\n${renderDiagnostics(mistakes, { color: false })}`
        : `${options.name} is no name for a neuron: ${mistakes[0]?.message ?? ""}`,
    );
    return options.name === undefined ? 1 : 2;
  }
  if (isStandardOutput(options.out)) return finish(found, null, options, terminal);

  const inFolder = isFolder(options.out, terminal.cwd);
  const path = inFolder ? join(options.out, `${nameOf(found, shown)}.glif`) : options.out;
  const target = resolve(terminal.cwd, path);
  if (file !== "-" && realPathOf(target) === realPathOf(resolve(terminal.cwd, file))) {
    complain(terminal, `${path} is what is imported; it was not overwritten`);
    return 2;
  }
  if (inFolder && !mayReplace(target, found.text)) {
    complain(terminal, `${path} is there already, and is something else; it was not overwritten`, [
      "name the neuron with --name, or the file with -o",
    ]);
    return 2;
  }
  const problem = whyNotWritten(terminal, path, [found.text], inFolder ? options.out : null);
  if (problem !== null) {
    complain(terminal, problem);
    return 1;
  }
  return finish(found, path, options, terminal);
}

function finish(found: AllenImport, path: string | null, { json }: ImportOptions, terminal: Terminal): number {
  const failed = hasErrors(found.diagnostics);
  if (json) {
    const neurons = found.neurons.map(({ name, level }) => ({ name, level }));
    terminal.out(
      `${JSON.stringify({ ok: !failed, neurons, file: path, text: path === null ? found.text : null, diagnostics: diagnosticsToJson(found.diagnostics) }, null, 2)}\n`,
    );
    return failed ? 1 : 0;
  }
  showDiagnostics(terminal, found.diagnostics);
  if (failed || found.text === null) return 1;
  if (path === null) terminal.out(found.text);
  else
    say(
      terminal,
      `wrote ${path}: ${counted(found.neurons.length, "neuron")}, ${counted(found.neurons.length, "experiment")}`,
    );
  return 0;
}

/** The text stands by itself: it imports nothing. */
function mistakesOf(text: string): readonly Diagnostic[] {
  const nothing = {
    read: () => ({ problem: "there is no such file" }),
    resolve: () => ({ problem: "there is no such file" }),
  };
  return check(sourceText("imported.glif", text), nothing).diagnostics;
}

function nameOf({ neurons }: AllenImport, shown: string): string {
  const [only] = neurons;
  return neurons.length === 1 && only !== undefined
    ? only.name
    : shown.replace(/\.json$/i, "").replaceAll(/[^A-Za-z0-9._-]+/g, "_");
}
