// The place of a line of a model, as comments of its kernels cite it.
import { positionAt } from "../base/source.ts";
import type { GroupEquation } from "../4-plan/plan.ts";

/** Where a line of the source stands: `lif.glif:9`. */
export function place(equation: { readonly origin: GroupEquation["origin"] }): string {
  const { source, start } = equation.origin;
  return `${source.path.split("/").at(-1) ?? source.path}:${positionAt(source, start).line}`;
}
