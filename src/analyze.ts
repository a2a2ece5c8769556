// Rooms 1 to 3 in a row: from the text of a file to a checked program, or to everything that is wrong with it.
import type { ModelFileNode } from "./1-parse/ast.ts";
import { parseDirective, parseSetting } from "./1-parse/parse.ts";
import { nearNames } from "./base/nearNames.ts";
import { sourceText } from "./base/source.ts";
import type { SourceText } from "./base/source.ts";
import { hasErrors, inReadingOrder } from "./diagnostics/diagnostic.ts";
import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { unknownModel } from "./diagnostics/names.ts";
import { applied, settled } from "./diagnostics/trials.ts";
import type { After } from "./diagnostics/trials.ts";
import { loadProgram } from "./2-resolve/load.ts";
import type { Parse, SourceHost } from "./2-resolve/load.ts";
import { isAbout } from "./2-resolve/holes.ts";
import { resolveProgram } from "./2-resolve/resolve.ts";
import type { ImplicitComparison, Override } from "./2-resolve/resolve.ts";
import { checkProgram } from "./3-check/check.ts";
import type { CheckedProgram } from "./3-check/checked.ts";

export type { SourceHost } from "./2-resolve/load.ts";
export type { ImplicitComparison, Override } from "./2-resolve/resolve.ts";

export interface Analysis {
  /** Null where there is any error. */
  readonly program: CheckedProgram | null;
  /** In reading order, warnings included. */
  readonly diagnostics: readonly Diagnostic[];
  /** The main file first, then what it imports: what to watch for changes. */
  readonly files: readonly ModelFileNode[];
}

/**
 * Reads, resolves and checks. `overrides` are settings of the command line: checked like source text, taking effect last. `implicit` is a comparison that the
 * command line asks for: the program's last.
 */
export function analyze(
  main: SourceText,
  host: SourceHost,
  parse: Parse,
  overrides: readonly Override[] = [],
  implicit: ImplicitComparison | null = null,
): Analysis {
  const found = understood(main, host, parse, overrides, implicit);
  if (!found.diagnostics.some((d) => d.fixes.length > 0)) return found;
  let read = 0;
  const after: After = (edits) => {
    const source = edits[0]?.span.source;
    if (source === undefined || !found.files.some((f) => f.source === source)) return null;
    read += source.text.length;
    if (read > MOST_READ) return null;
    const changed = sourceText(source.path, applied(source.text, edits));
    const reading: SourceHost = {
      ...host,
      read: (path) => (path === source.path ? { text: changed.text } : host.read(path)),
    };
    return understood(source === main ? changed : main, reading, parse, overrides, implicit, false).diagnostics;
  };
  return { ...found, diagnostics: settled(found.diagnostics, after) };
}

/** What a command line sets, as it stands there. */
export interface GivenTexts {
  /** `--set`: `GLIF.b_s = 0.2 /ms`. */
  readonly settings?: readonly string[];
  /** `--duration`: `200 ms`. */
  readonly duration?: string | undefined;
  /** `--step`: `0.05 ms`. */
  readonly step?: string | undefined;
}

/** Read as they would stand in an experiment of the file, so that what is said of the file is said of them; each mistake is told in a text called after its option. */
export function overridesFrom(
  experiment: string | null,
  { settings = [], duration, step }: GivenTexts,
): { readonly overrides: readonly Override[]; readonly diagnostics: readonly Diagnostic[] } {
  const read = [
    ...settings.map((text) => parseSetting(sourceText("--set", text))),
    ...(duration === undefined ? [] : [parseDirective(sourceText("--duration", duration), "duration")]),
    ...(step === undefined ? [] : [parseDirective(sourceText("--step", step), "step")]),
  ];
  return {
    overrides: read.flatMap(({ setting }): Override[] => (setting === null ? [] : [{ experiment, setting }])),
    diagnostics: read.flatMap((r) => r.diagnostics),
  };
}

/** So many characters are read again to find out which fixes help. */
const MOST_READ = 100_000;

/** Files in which only names and units tell that something is wrong are read once more: there, too, what other tools write may be the cause. */
function understood(
  main: SourceText,
  host: SourceHost,
  parse: Parse,
  overrides: readonly Override[],
  implicit: ImplicitComparison | null,
  helps = true,
): Analysis {
  const wrongAlready = new Set<string>();
  const noting: Parse = (source) => {
    const parsed = parse(source);
    if (hasErrors(parsed.diagnostics)) wrongAlready.add(source.path);
    return parsed;
  };
  const found = readThrough(main, host, noting, overrides, implicit, helps);
  const files = new Set(found.files.map((f) => f.source));
  const wrong = new Set(
    found.diagnostics
      .filter((d) => d.severity === "error" && files.has(d.primary.span.source))
      .map((d) => d.primary.span.source.path)
      .filter((path) => !wrongAlready.has(path)),
  );
  if (wrong.size === 0) return found;
  return readThrough(main, host, (source) => parse(source, wrong.has(source.path)), overrides, implicit, helps);
}

function readThrough(
  main: SourceText,
  host: SourceHost,
  parse: Parse,
  overrides: readonly Override[],
  implicit: ImplicitComparison | null,
  helps: boolean,
): Analysis {
  const loaded = loadProgram(main, host, parse);
  const resolution = resolveProgram(loaded, overrides, implicit);
  const sound = !hasErrors([...loaded.diagnostics, ...resolution.diagnostics]);
  const checked = checkProgram(resolution.program, host, { sound, helps });
  const mended = new Map(loaded.files.map(({ file, mended: places }) => [file.source, places]));
  const found = [...resolution.diagnostics, ...checked.diagnostics].filter(
    (d) => !isAbout(mended.get(d.primary.span.source) ?? [], d),
  );
  const diagnostics = inReadingOrder([
    ...loaded.diagnostics,
    ...found,
    ...overridesOfNothing(loaded.files[0]?.file, overrides),
  ]);
  return {
    program: hasErrors(diagnostics) ? null : checked.program,
    diagnostics,
    files: loaded.files.map((f) => f.file),
  };
}

function overridesOfNothing(file: ModelFileNode | undefined, overrides: readonly Override[]): Diagnostic[] {
  const experiments = (file?.declarations ?? []).filter((d) => d.kind === "experiment").map((d) => d.name.name);
  return overrides.flatMap(({ experiment, setting }) => {
    if (experiment === null || experiments.includes(experiment)) return [];
    return [
      unknownModel(setting.span, {
        name: experiment,
        wanted: "an experiment",
        near: nearNames(experiment, experiments),
        found: null,
        at: setting.span,
      }),
    ];
  });
}
