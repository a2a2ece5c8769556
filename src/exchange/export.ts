// One way out for all targets: a checked experiment becomes a target's files, or is refused with everything that is in the way.
import type { CheckedExperiment } from "../3-check/checked.ts";
import type { SimulationPlan } from "../4-plan/plan.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { exportedNearly, notExpressible } from "../diagnostics/exchange.ts";
import { exportModel, type About, type Made } from "./exported.ts";
import { targetOf, type TargetName } from "./targets.ts";
import type { ExportFile, Nearly, Teller } from "./target.ts";

/** What an export has come to. */
export interface Exported {
  /** Null where the target cannot take the model, which the diagnostics say. */
  readonly files: readonly ExportFile[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** `made`: with `--exact`, what a run begins with. */
export function exportTo(
  target: TargetName,
  experiment: CheckedExperiment,
  plan: SimulationPlan,
  made: Made | null,
  about: About,
): Exported {
  const { title, write } = targetOf(target);
  const diagnostics: Diagnostic[] = [];
  const tell = teller(title, diagnostics);
  const files = write(exportModel(experiment, plan, made, about), tell);
  return { files: tell.refused ? null : files, diagnostics };
}

function teller(target: string, diagnostics: Diagnostic[]): Teller {
  const told = new Set<string>();
  const near: Nearly[] = [];
  let refused = false;
  const once = (d: Diagnostic): boolean => {
    const key = JSON.stringify([d.code, d.message]);
    if (told.has(key)) return false;
    told.add(key);
    diagnostics.push(d);
    return true;
  };
  return {
    refuse(at, what) {
      refused = true;
      once(notExpressible(at, { target, ...what }));
    },
    nearly(at, what) {
      if (once(exportedNearly(at, { target, what: what.what }))) near.push(what);
    },
    get refused() {
      return refused;
    },
    near,
  };
}
