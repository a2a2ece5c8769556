// `--keep-module`: the JavaScript that runs, as the engine has it, with a source map from its lines to those of the model, so that a debugger or a profiler shows the model.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { GenMapping, maybeAddMapping, setSourceContent, toEncodedMap } from "@jridgewell/gen-mapping";
import { fileName } from "../simulate/fileNames.ts";
import type { KeptAs } from "../simulate/evaluateModule.ts";
import type { SourceFileRead } from "../simulate/fileHost.ts";
import { mayReplace, WRITTEN_FROM } from "./places.ts";
import { makeFolder } from "../simulate/makeFolder.ts";
import { reasonOf, WriteError, writeWhole } from "../simulate/writeWhole.ts";

/** A file that the module's comments cite. */
interface Cited {
  readonly name: string;
  /** In the map. */
  readonly url: string;
  readonly text: string;
}

/** Where the module of an experiment is kept: `FOLDER/NAME.js` and its map beside it. `main` is the text of a model that is no file. */
export function keptIn(
  folder: string,
  experiment: string,
  sources: readonly SourceFileRead[],
  main: string,
): KeptAs & { readonly path: string } {
  const path = join(folder, `${fileName(experiment)}.js`);
  const map = `${path}.map`;
  const cited = sources.map(({ path: shown, realPath }): Cited => ({
    name: shown.split("/").at(-1) ?? shown,
    url: realPath === null ? shown : pathToFileURL(realPath).href,
    text: realPath === null ? main : readFileSync(realPath, "utf8"),
  }));
  return {
    path,
    url: pathToFileURL(path).href,
    mapUrl: pathToFileURL(map).href,
    keep(text) {
      if (!mayReplace(path, text, WRITTEN_FROM))
        throw new WriteError(path, "what is there is not the module of this model");
      try {
        makeFolder(folder);
      } catch (error) {
        throw new WriteError(path, reasonOf(error));
      }
      writeWhole(path, [text]);
      writeWhole(map, [JSON.stringify(mapOf(text, basename(path), cited))]);
    },
  };
}

/** `// lif.glif:24  V' = …` */
const CITATION = /\/\/ (.+?):(\d+)(?: {2}(.*))?$/u;

/** A line that is cited is that of the code behind it, to the next citation or the end of the block. */
export function mapOf(text: string, file: string, sources: readonly Cited[]): object {
  const map = new GenMapping({ file });
  let at: { readonly source: Cited; readonly line: number; readonly indent: number } | null = null;
  for (const [k, written] of text.split("\n").entries()) {
    const indent = written.length - written.trimStart().length;
    if (written === "" || (at !== null && indent < at.indent)) at = null;
    const [, name, number, words = ""] = CITATION.exec(written) ?? [];
    const line = Number(number);
    const source = name === undefined ? undefined : sourceOf(name, line, words, sources);
    if (source !== undefined) at = { source, line, indent };
    if (at === null) continue;
    maybeAddMapping(map, {
      generated: { line: k + 1, column: indent },
      source: at.source.url,
      original: { line: at.line, column: columnOf(at.source, at.line) },
    });
    setSourceContent(map, at.source.url, at.source.text);
  }
  return toEncodedMap(map);
}

/** Of several files of that name the one whose line it is. */
function sourceOf(name: string, line: number, words: string, sources: readonly Cited[]): Cited | undefined {
  const named = sources.filter((s) => s.name === name && lineOf(s, line) !== undefined);
  const said = squeezed(words.replace(/ {2}\[.*$/u, ""));
  return named.find((s) => said !== "" && squeezed(lineOf(s, line) ?? "").includes(said)) ?? named[0];
}

function lineOf({ text }: Cited, line: number): string | undefined {
  return text.split(/\r\n|\r|\n/)[line - 1];
}

function columnOf(source: Cited, line: number): number {
  const text = lineOf(source, line) ?? "";
  return text.length - text.trimStart().length;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}
