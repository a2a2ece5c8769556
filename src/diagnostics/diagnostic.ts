// What a user is told: one object that serves the terminal, --json and an editor, and the way its kinds are defined.
import { shortWords } from "../base/shortWords.ts";
import type { Span } from "../base/source.ts";

export type Severity = "error" | "warning";

/** A place with what is to be said about it. The text may be empty: the caret alone. */
export interface Label {
  readonly span: Span;
  readonly text: string;
}

/** A piece of text that takes the place of another; of nothing where the span is empty. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** A change that makes the diagnostic go away; `certain` ones may be applied unseen. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly confidence: "certain" | "likely";
  /** One of several that may be meant: kept where the file is right, or nearer to it, when it is applied (`trials.ts`). The help that says the same goes with it. */
  readonly trial?: {
    readonly help: string | null;
    /** Kept where none does better, as long as it makes nothing worse: it is one of several that are needed. */
    readonly anyway?: boolean;
  };
}

/** What is wrong with a model, or worth knowing of it, and where: data that `renderDiagnostic` makes a picture of. */
export interface Diagnostic {
  /** `family/what-is-wrong`, stable. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence in the modeller's terms, lower case, without a full stop. */
  readonly message: string;
  readonly primary: Label;
  readonly secondary: readonly Label[];
  /** Further facts. */
  readonly notes: readonly string[];
  /** Instructions that compile when followed. */
  readonly help: readonly string[];
  readonly fixes: readonly Fix[];
}

/** What a kind of diagnostic makes of its facts. */
export interface Wording {
  readonly message: string;
  /** Text at the caret; the message alone says it where this is left out. */
  readonly label?: string;
  readonly secondary?: readonly Label[];
  readonly notes?: readonly string[];
  readonly help?: readonly string[];
  readonly fixes?: readonly Fix[];
}

/** One entry of the catalogue: call it with a place and the facts to get a diagnostic. */
export interface DiagnosticKind<Facts> {
  (at: Span, facts: Facts): Diagnostic;
  readonly code: string;
  readonly severity: Severity;
  /** For `glif explain CODE`: why this is refused and how it is put right, a short paragraph or two. */
  readonly explanation: string;
}

/** Defines a kind. `word` turns facts into sentences: facts first, sentences last. */
export function defineDiagnostic<Facts>(
  code: string,
  severity: Severity,
  explanation: string,
  word: (facts: Facts) => Wording,
): DiagnosticKind<Facts> {
  const make = (at: Span, facts: Facts): Diagnostic => {
    const wording = word(facts);
    return {
      code,
      severity,
      message: shortWords(wording.message),
      primary: { span: at, text: shortWords(wording.label ?? "") },
      secondary: (wording.secondary ?? []).map((label) => ({ ...label, text: shortWords(label.text) })),
      notes: (wording.notes ?? []).map((text) => shortWords(text)),
      help: (wording.help ?? []).map((text) => shortWords(text)),
      fixes: (wording.fixes ?? []).map((fix) => ({ ...fix, title: shortWords(fix.title) })),
    };
  };
  return Object.assign(make, { code, severity, explanation });
}

/** In file order: by path, then offset, errors before warnings at one place. */
export function inReadingOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    const [p, q] = [a.primary.span, b.primary.span];
    if (p.source.path !== q.source.path) return p.source.path < q.source.path ? -1 : 1;
    return p.start - q.start || p.end - q.end || (a.severity === b.severity ? 0 : a.severity === "error" ? -1 : 1);
  });
}

/** Whether one of them is an error; warnings stop nothing. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((d) => d.severity === "error");
}
