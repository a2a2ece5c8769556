// Which variant comes nearest to the recording, by each measure that is a distance or a likeness.
import type { Cell, MeasureColumn, RecordingSummary } from "./comparison.ts";
import { listText } from "./words.ts";

export function rankingOf(cells: readonly Cell[], measures: readonly MeasureColumn[], labels: readonly string[]): Pick<RecordingSummary, "ranking" | "sentence"> {
  const experiments = [...new Set(cells.map((c) => c.experiment))];
  const ranking = measures.flatMap(({ nearer }, measure) =>
    nearer === null ? [] : experiments.flatMap((experiment) => {
      const there = cells.filter((c) => c.measure === measure && c.experiment === experiment && c.mean !== null);
      const sign = nearer === "smaller" ? 1 : -1;
      const sorted = [...there].sort((a, b) => sign * ((a.mean ?? 0) - (b.mean ?? 0)));
      return sorted.length === 0 ? [] : [{ measure, experiment, variants: sorted.map((c) => c.variant), isTied: sorted.length > 1 && sorted[0]?.mean === sorted[1]?.mean }];
    }),
  );
  const wins = labels.map((_, variant) => ranking.filter((r) => !r.isTied && r.variants[0] === variant).length);
  return { ranking: ranking.map(({ measure, experiment, variants }) => ({ measure, experiment, variants })), sentence: sentenceOf(wins, labels, ranking.length) };
}

function sentenceOf(wins: readonly number[], labels: readonly string[], all: number): string {
  if (all === 0) return "No measure says how near the variants come to the recording: add one such as coincidence or van_rossum.";
  const most = Math.max(...wins);
  if (most === 0) return "No variant is nearer to the recording than the others.";
  const nearest = labels.filter((_, k) => wins[k] === most);
  const share = most === all ? (all === 1 ? "by the one measure that tells" : `by all ${all} measures`) : `by ${most} of ${all} measures`;
  return nearest.length === 1 ? `${nearest[0] ?? ""} is nearest ${share}.` : `${listText(nearest)} are nearest, each ${share}.`;
}
