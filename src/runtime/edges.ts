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
  const u = new Float64Array(kinds.length),
    labels = new Float64Array(kinds.length);
  /** The edge below, -1, or above, 1, what the piece has begun with; null: the only one, wherever it lies. */
  const border = (k: number, kind: EdgeKind, where: -1 | 1 | null): Border => {
    const value = (t: number, y: Float64Array): number => {
      edges.values(t, y, u);
      return u[k] as number;
    };
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
      edges.values(t, y, u);
      kinds.forEach((kind, k) => (labels[k] = labelOf(kind, u[k] as number)));
    },
  };
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
