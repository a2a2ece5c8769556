// Settings of a comparison that later ones leave without effect: what `--set` says and a variant's braces say again, and what is swept.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { setInVain } from "../diagnostics/comparison.ts";
import type { Report } from "./report.ts";
import type { ResolvedSetting, SettingTarget } from "./resolved.ts";
import type { Substituted } from "./resolveExperiment.ts";

export interface Vain {
  readonly span: Span;
  readonly by: "braces" | "sweep";
  /** Where the later one stands. */
  readonly at: Span;
  readonly variant: string;
}

/** Of one case; `commandLine` are the settings of `--set`, `sweeps` where each sweep is said. */
export function vainSettings(
  { experiment, swept, ownBlock }: Substituted,
  variant: string,
  commandLine: readonly Span[],
  sweeps: readonly Span[],
): Vain[] {
  const braces = experiment.settings.filter((s) => s.block === ownBlock);
  const given = experiment.settings.filter((s) => commandLine.includes(s.span));
  const again = given.flatMap((s): Vain[] => {
    const later = braces.find((b) => keyOf(b.target) !== null && keyOf(b.target) === keyOf(s.target));
    return later === undefined ? [] : [{ span: s.span, by: "braces", at: later.span, variant }];
  });
  const walked = [...given, ...braces].flatMap((s: ResolvedSetting): Vain[] => {
    const k = swept.findIndex((targets) => targets.some((t) => keyOf(t) !== null && keyOf(t) === keyOf(s.target)));
    const at = sweeps[k];
    return at === undefined ? [] : [{ span: s.span, by: "sweep", at, variant }];
  });
  return [...again, ...walked];
}

/** Each setting once, with all variants that it does not reach; and each sweep, with all settings that it leaves for outside. */
export function tellVain(vain: readonly Vain[], report: Report): void {
  const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
  const [again, walked] = [vain.filter((v) => v.by === "braces"), vain.filter((v) => v.by === "sweep")];
  for (const span of distinct(again.map((v) => v.span))) {
    const own = again.filter((v) => v.span === span);
    report(
      setInVain(span, {
        by: "braces",
        written: [textOf(span)],
        variants: distinct(own.map((v) => v.variant)),
        at: distinct(own.map((v) => v.at)),
      }),
    );
  }
  for (const at of distinct(walked.map((v) => v.at))) {
    const spans = distinct(walked.filter((v) => v.at === at).map((v) => v.span));
    report(setInVain(at, { by: "sweep", written: spans.map(textOf), variants: [], at: spans }));
  }
}

/** What is set, a single element apart from the whole. */
export function keyOf(target: SettingTarget): string | null {
  switch (target.kind) {
    case "quantity":
      return `${target.population} ${target.target.name} ${target.target.indices.map((i) => textOf(i.span)).join(",")}`;
    case "connection":
      return `-> ${target.connection} ${target.target.name} ${target.target.indices.map((i) => textOf(i.span)).join(",")}`;
    case "delay":
      return `-> ${target.connection} delay`;
    case "setup":
      return `setup ${target.name}`;
    case "unknown":
      return null;
  }
}
