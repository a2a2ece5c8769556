// Every kind of diagnostic there is, by its code: what `glif explain CODE` looks up and what the tests count.
import * as comparison from "./comparison.ts";
import * as exchange from "./exchange.ts";
import * as experiment from "./experiment.ts";
import * as fits from "./fits.ts";
import * as foreign from "./foreign.ts";
import * as indices from "./indices.ts";
import * as model from "./model.ts";
import * as names from "./names.ts";
import * as network from "./network.ts";
import * as noise from "./noise.ts";
import * as plan from "./plan.ts";
import * as recording from "./recording.ts";
import * as run from "./run.ts";
import * as syntax from "./syntax.ts";
import * as units from "./units.ts";
import type { DiagnosticKind } from "./diagnostic.ts";

/** What all kinds have in common, whatever their facts are. */
export type CatalogueEntry = Pick<DiagnosticKind<never>, "code" | "severity" | "explanation">;

/** In the order of the rooms that report them. */
export const catalogue: readonly CatalogueEntry[] = [
  syntax,
  foreign,
  names,
  units,
  indices,
  model,
  noise,
  experiment,
  network,
  comparison,
  fits,
  plan,
  run,
  recording,
  exchange,
].flatMap((family) => Object.values(family as object).filter(isKind));

const byCode: ReadonlyMap<string, CatalogueEntry> = new Map(catalogue.map((kind) => [kind.code, kind]));

/** The kind of that code, or null. */
export function kindOfCode(code: string): CatalogueEntry | null {
  return byCode.get(code) ?? null;
}

function isKind(exported: unknown): exported is CatalogueEntry {
  return typeof exported === "function" && "code" in exported && "explanation" in exported;
}
