// Where the conditions of a neuron jump or bend: a piece of its way that crosses none of these edges sees every condition smooth.
import type { EdgeKind, Edges, PreciseCondition } from "./kernel.ts";
import { round } from "./math.ts";

/** What can be crossed: a condition, or an edge inside of one. */
export type Border = Pick<PreciseCondition, "holds" | "margin">;

export interface PieceBorders {
  /** The edges that lie next to where a piece has begun, on either side; one holds where it has been crossed. */
  readonly borders: readonly Border[];
  /** A piece begins at time t (ms) and state y. */
  begin(t: number, y: Float64Array): void;
}

export function pieceBorders(edges: Edges): PieceBorders {
  const { kinds } = edges;
  const labels = new Float64Array(kinds.length);
  // One border after the other is asked about the same few states of a piece: the edges are computed once for each array that holds one.
  const looks: Look[] = [];
  const valuesAt = (t: number, y: Float64Array): Float64Array => {
    let look = looks.find(({ of }) => of === y);
    if (look === undefined) looks.push((look = { of: y, y: y.slice(), u: new Float64Array(kinds.length), t: NaN }));
    if (look.t !== t || !isSame(look.y, y)) {
      edges.values(t, y, look.u);
      look.y.set(y);
      look.t = t;
    }
    return look.u;
  };
  /** The edge below, -1, or above, 1, what the piece has begun with; null: the only one, wherever it lies. */
  const border = (k: number, kind: EdgeKind, where: -1 | 1 | null): Border => {
    const value = (t: number, y: Float64Array): number => valuesAt(t, y)[k] as number;
    const side = (): number => where ?? (labels[k] === 1 ? -1 : 1);
    return {
      holds: (t, y) => (labelOf(kind, value(t, y)) - (labels[k] as number)) * side() > 0,
      margin(t, y) {
        const beyond = (value(t, y) - edgeOf(kind, labels[k] as number, side())) * side();
        return Number.isFinite(beyond) ? beyond : -1;
      },
    };
  };
  return {
    borders: kinds.flatMap((kind, k) =>
      kind === "above" || kind === "from" ? [border(k, kind, null)] : [border(k, kind, -1), border(k, kind, 1)],
    ),
    begin(t, y) {
      // It may be another neuron, and its inputs may be others.
      for (const look of looks) look.t = NaN;
      const u = valuesAt(t, y);
      kinds.forEach((kind, k) => (labels[k] = labelOf(kind, u[k] as number)));
    },
  };
}

/** The u of all edges for the state y at time t (ms), which the array `of` held. */
interface Look {
  readonly of: Float64Array;
  readonly y: Float64Array;
  readonly u: Float64Array;
  t: number;
}

/** To the last bit. */
function isSame(a: Float64Array, b: Float64Array): boolean {
  for (let k = 0; k < a.length; k++) if (!Object.is(a[k], b[k])) return false;
  return true;
}

/** Changes at the edges alone. */
function labelOf(kind: EdgeKind, u: number): number {
  switch (kind) {
    case "floor":
      return Math.floor(u);
    case "ceil":
      return Math.ceil(u);
    case "round":
      return round(u);
    case "above":
      return u > 0 ? 1 : 0;
    case "from":
      return u >= 0 ? 1 : 0;
  }
}

/** The u of the edge on that side of what bears a label. */
function edgeOf(kind: EdgeKind, label: number, side: number): number {
  switch (kind) {
    case "floor":
      return side < 0 ? label : label + 1;
    case "ceil":
      return side < 0 ? label - 1 : label;
    case "round":
      return label + side / 2;
    case "above":
    case "from":
      return 0;
  }
}
