// Settings of a comparison that later ones leave without effect: what `--set` says and a variant's braces say again, and what is swept.
import { textOf } from "../base/source.ts";
import type { Span } from "../base/source.ts";
import { setInVain } from "../diagnostics/comparison.ts";
import type { Report } from "./report.ts";
import type { ResolvedExpr, ResolvedSetting, SettingTarget } from "./resolved.ts";
import type { Substituted } from "./resolveExperiment.ts";

export interface Vain {
  readonly span: Span;
  /** `stimulus`: what is swept is an input that the experiment drives otherwise than by a constant. */
  readonly by: "braces" | "sweep" | "stimulus";
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
  const chosen = new Set([...given, ...braces]);
  const walked = experiment.settings.flatMap((s: ResolvedSetting, place): Vain[] => {
    const key = keyOf(s.target);
    const k = key === null ? -1 : swept.findIndex((targets) => targets.some((t) => keyOf(t) === key));
    const at = sweeps[k];
    if (at === undefined) return [];
    if (chosen.has(s)) return [{ span: s.span, by: "sweep", at, variant }];
    const isLast = !experiment.settings.slice(place + 1).some((later) => keyOf(later.target) === key);
    return isLast && changesInTime(s.value) ? [{ span: s.span, by: "stimulus", at, variant }] : [];
  });
  return [...again, ...walked];
}

/** A stimulus, noise, or an expression of the time. */
function changesInTime(value: ResolvedExpr): boolean {
  const stack = [value];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    switch (next.kind) {
      case "time":
      case "noise":
        return true;
      case "call":
        if (next.callee.kind === "stimulus") return true;
        for (const a of next.arguments) stack.push(a.value);
        break;
      case "past":
        return true;
      case "negate":
      case "not":
        stack.push(next.operand);
        break;
      case "binary":
      case "comparison":
      case "logical":
        stack.push(next.left, next.right);
        break;
      case "conditional":
        stack.push(next.condition, next.then, next.otherwise);
        break;
      default:
        break;
    }
  }
  return false;
}

/** Each setting once, with all variants that it does not reach; and each sweep, with all settings that it leaves for outside. */
export function tellVain(vain: readonly Vain[], report: Report): void {
  const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
  const again = vain.filter((v) => v.by === "braces");
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
  for (const by of ["sweep", "stimulus"] as const)
    for (const at of distinct(vain.filter((v) => v.by === by).map((v) => v.at))) {
      const spans = distinct(vain.filter((v) => v.at === at && v.by === by).map((v) => v.span));
      report(setInVain(at, { by, written: spans.map(textOf), variants: [], at: spans }));
    }
}

/** What is set, a single element apart from the whole. */
export function keyOf(target: SettingTarget): string | null {
  switch (target.kind) {
    case "quantity":
      return `${target.population}${target.neurons === null ? "" : `[${textOf(target.neurons.from.span)}..${textOf(target.neurons.to.span)}]`} ${target.target.name} ${target.target.indices.map((i) => textOf(i.span)).join(",")}`;
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
