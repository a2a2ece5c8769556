// Diagnostics for machines: what `--json` prints. Fields are only ever added.
import { positionAt } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { inReadingOrder } from "../diagnostics/diagnostic.ts";
import type { Diagnostic, Label } from "../diagnostics/diagnostic.ts";

/** Lines and columns are 1-based, columns and offsets in UTF-16 code units, ends exclusive. */
export interface PlaceJson {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

export interface LabelJson extends PlaceJson {
  readonly text: string;
  readonly primary: boolean;
}

export interface DiagnosticJson extends PlaceJson {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  /** The primary one first. */
  readonly labels: readonly LabelJson[];
  readonly notes: readonly string[];
  readonly help: readonly string[];
  readonly fixes: readonly FixJson[];
}

export interface FixJson {
  readonly title: string;
  readonly confidence: "certain" | "likely";
  readonly edits: readonly {
    readonly file: string;
    readonly start: number;
    readonly end: number;
    readonly newText: string;
  }[];
}

/** Plain objects in reading order, for JSON.stringify; texts are as they are, not cleaned for a terminal. */
export function diagnosticsToJson(all: readonly Diagnostic[]): readonly DiagnosticJson[] {
  return inReadingOrder(all).map((d) => ({
    code: d.code,
    severity: d.severity,
    message: d.message,
    ...place(d.primary.span),
    labels: [d.primary, ...d.secondary].map((label) => labelJson(label, label === d.primary)),
    notes: [...d.notes],
    help: [...d.help],
    fixes: d.fixes.map(({ title, confidence, edits }) => ({
      title,
      confidence,
      edits: edits.map(({ span, newText }) => ({ file: span.source.path, start: span.start, end: span.end, newText })),
    })),
  }));
}

function labelJson(label: Label, primary: boolean): LabelJson {
  return { ...place(label.span), text: label.text, primary };
}

function place({ source, start, end }: Span): PlaceJson {
  const [from, to] = [positionAt(source, start), positionAt(source, end)];
  return {
    file: source.path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start,
    end,
  };
}
