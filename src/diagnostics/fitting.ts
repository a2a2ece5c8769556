// What is wrong with one model of a comparison under one experiment is told where the model is chosen: the experiment and the model are in order by themselves.
import type { Span } from "../base/source.ts";
import { misfit, misfitWarning } from "./comparison.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { Collector } from "./once.ts";

/** A model in the place of an experiment's own. */
export interface Placement {
  readonly model: string;
  readonly under: string;
  /** Where it is chosen. */
  readonly at: Span;
}

export interface Fitting {
  /** `own`: the comparison's text, in which mistakes are told where they are. */
  sayOf(placement: Placement, own: Span | null): (diagnostic: Diagnostic) => void;
  /** One message for each model and experiment. */
  tell(): void;
}

export function fitting(collector: Collector): Fitting {
  const kept = new Map<string, { readonly placement: Placement; readonly problems: Diagnostic[] }>();
  return {
    sayOf: (placement, own) => (d) => {
      const { source, start, end } = d.primary.span;
      const inOwn = own !== null && source === own.source && start >= own.start && end <= own.end;
      if (inOwn || source.path.startsWith("--")) return collector.say(d);
      if (collector.has(d)) return;
      const key = `${placement.at.source.path} ${placement.at.start} ${d.severity}`;
      const found = kept.get(key) ?? { placement, problems: [] };
      kept.set(key, found);
      // Under another experiment the same is wrong again.
      if (
        !found.problems.some(
          (p) => p.code === d.code && p.primary.span.start === start && p.primary.span.source === source,
        )
      )
        found.problems.push(d);
    },
    tell() {
      for (const { placement, problems } of kept.values()) {
        const kind = problems[0]?.severity === "error" ? misfit : misfitWarning;
        const told = kind(placement.at, {
          model: placement.model,
          under: placement.under,
          problems: problems.map((d) => ({ message: d.message, at: d.primary.span })),
        });
        collector.say({ ...told, help: problems[0]?.help ?? [] });
      }
      kept.clear();
    },
  };
}
