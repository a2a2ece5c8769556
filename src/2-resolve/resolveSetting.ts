// What a setting sets: `b_s`, `E.I_e`, `GLIF.b_s`, `Na.g_max`, `Coupled.scale`. The whole path decides, never a guess.
import type { SettingNode, TargetNode } from "../1-parse/ast.ts";
import { ambiguousName } from "../diagnostics/names.ts";
import type { KnownPopulation, Stage } from "./resolveExperiment.ts";
import { settingLookup } from "./lookup.ts";
import { resolveExpression } from "./resolveExpression.ts";
import type { Tables } from "./resolveExpression.ts";
import type { ResolvedSetting, SettingTarget } from "./resolved.ts";

/** `within` is the population whose block it is, null in an experiment. */
export function resolveSettings(nodes: readonly SettingNode[], stage: Stage, within: string | null, block: number, tables: Tables): ResolvedSetting[] {
  return nodes.flatMap((node) =>
    node.targets.flatMap((target) => {
      if (target.path.some((p) => p.name === "")) return [];
      return findTargets(target, stage, within, tables).map((found): ResolvedSetting => {
        const known = found.kind === "quantity" ? stage.populations.get(found.population) : undefined;
        const lookup = known === undefined ? stage.outer : settingLookup(stage.outer, known.flat, stage.report);
        // The value of what is unknown is not looked at: it may be about what was meant.
        const value = found.kind === "unknown" ? { kind: "missing" as const, span: node.value.span } : resolveExpression(node.value, lookup, tables);
        return { target: found, operator: node.operator, value, span: node.span, block };
      });
    }),
  );
}

function findTargets(node: TargetNode, stage: Stage, within: string | null, tables: Tables): SettingTarget[] {
  const path = node.path.map((p) => p.name);
  const whole = path.join(".");
  const rest = path.slice(1).join(".");
  const first = path[0] ?? "";
  const inPopulation = (known: KnownPopulation, name: string): SettingTarget => {
    const lookup = settingLookup(stage.outer, known.flat, stage.report);
    return { kind: "quantity", population: known.population.name, target: { name, indices: node.indices.map((i) => resolveExpression(i, lookup, tables)), span: node.span } };
  };
  const unknown = (populations: readonly string[], written: string, addressed = true): SettingTarget[] => {
    const silent = (stage.damaged && !addressed) || populations.some((p) => stage.populations.get(p)?.flat.damaged);
    return silent ? [] : [{ kind: "unknown", populations, written, span: node.span }];
  };

  if (within !== null) {
    const known = stage.populations.get(within);
    if (known === undefined) return [];
    return known.flat.quantities.has(whole) ? [inPopulation(known, whole)] : unknown([within], whole);
  }
  if (path.length > 1) {
    const named = stage.populations.get(first);
    const addressed = named !== undefined ? [named] : [...stage.populations.values()].filter((p) => p.population.model.name === first);
    const having = addressed.filter((p) => p.flat.quantities.has(rest));
    if (having.length > 0) return having.map((p) => inPopulation(p, rest));
    if (stage.owners.includes(first) && stage.setup.has(rest)) return [{ kind: "setup", name: rest, span: node.span }];
    if (addressed.length > 0) return unknown(addressed.map((p) => p.population.name), rest);
  }
  const having = [...stage.populations.values()].filter((p) => p.flat.quantities.has(whole));
  const setup = stage.setup.get(whole);
  // What the experiment itself declares has its value there; a setting of that name is about the model.
  const network = setup !== undefined && (setup.frame.owner !== stage.owners[0] || having.length === 0 || isCommandLine(node)) ? setup : undefined;
  if (having.length + (network === undefined ? 0 : 1) > 1) {
    const candidates = [...having.map((p) => `${p.population.name}.${whole}`), ...(network === undefined ? [] : [`${network.frame.owner}.${whole}`])];
    stage.report(ambiguousName(node.span, { written: whole, candidates }));
    return [];
  }
  const only = having[0];
  if (only !== undefined) return [inPopulation(only, whole)];
  if (network !== undefined) return [{ kind: "setup", name: whole, span: node.span }];
  return unknown([...stage.populations.keys()], whole, false);
}

/** Settings of the command line stand in a text of their own. */
function isCommandLine(node: TargetNode): boolean {
  return node.span.source.path.startsWith("--");
}
