// Which elements of a state are written to, so that none is written to twice.
import type { Span } from "../../base/source.ts";
import type { CheckedAssignment, CheckedTarget } from "../checked.ts";
import type { ModelTable } from "../context.ts";

/** What happens together in each event. */
export interface Blocks {
  readonly blocks: readonly (readonly CheckedAssignment[])[];
  readonly table: ModelTable;
}

export interface Written {
  readonly target: CheckedTarget;
  readonly origin: Span;
}

/** Each that overlaps with an earlier one, together with that. */
export function overlaps(all: readonly Written[], table: ModelTable): (readonly [first: Written, second: Written])[] {
  const singles = new Map<string, Written>();
  const boxes = new Map<string, { readonly box: Box; readonly written: Written }[]>();
  const found: (readonly [Written, Written])[] = [];
  for (const written of all) {
    const name = ownerName(written.target);
    const box = boxOf(written.target, table);
    const key = box.every(([from, to]) => from === to) ? `${name} ${box.map(([from]) => from).join(",")}` : null;
    const wider = boxes.get(name) ?? [];
    const first =
      (key === null ? firstInside(name, box, singles) : singles.get(key)) ??
      wider.find((w) => meet(w.box, box))?.written;
    if (first !== undefined) found.push([first, written]);
    else if (key !== null) singles.set(key, written);
    else boxes.set(name, [...wider, { box, written }]);
  }
  return found;
}

/** The neurons at the two ends have quantities of the same name, and so may the synapse. */
export function ownerName({ quantity, end }: Pick<CheckedTarget, "quantity" | "end">): string {
  return end === null ? quantity.name : `${end}.${quantity.name}`;
}

type Box = readonly (readonly [from: number, to: number])[];

function boxOf(target: CheckedTarget, table: ModelTable): Box {
  return target.indices.map((i) => {
    if (i.kind === "position") return [i.value, i.value];
    const range = table.indices.get(i.name)?.range;
    return [range?.from ?? 0, range?.to ?? -1];
  });
}

function meet(a: Box, b: Box): boolean {
  return a.every(([from, to], k) => {
    const other = b[k];
    return other !== undefined && from <= other[1] && other[0] <= to;
  });
}

function firstInside(name: string, box: Box, singles: ReadonlyMap<string, Written>): Written | undefined {
  for (const [key, written] of singles) {
    if (ownerName(written.target) !== name) continue;
    const positions = key
      .slice(name.length + 1)
      .split(",")
      .map(Number);
    if (
      meet(
        box,
        positions.map((p) => [p, p] as const),
      )
    )
      return written;
  }
  return undefined;
}
