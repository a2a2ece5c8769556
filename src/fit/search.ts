// Searches from several seeds side by side: their candidates run together, each starts anew with more points where it can go no further, and each ends where it gains nothing more.
import { smallestOf } from "../base/lists.ts";
import { stream, uniform } from "../runtime/random.ts";
import type { Part } from "./coordinates.ts";
import type { Optimiser, Search } from "./optimisers/optimiser.ts";
import type { FitSearch } from "./problem.ts";

/** What candidates cost and are worth. */
export interface Objective {
  /** Of values of all free numbers, in their order. */
  losses(candidates: readonly (readonly number[])[]): Promise<readonly number[]>;
}

export interface SearchWishes {
  readonly optimiser: Optimiser;
  readonly seeds: readonly number[];
  readonly part: Part;
  /** Where all begin; null where each begins at the best of points of its own, or of the model's. */
  readonly from: readonly number[] | null;
  readonly own: readonly number[];
  /** Standard deviation of the first steps, as a part of the box. */
  readonly spread: number;
  /** Candidates at a time; the optimiser's own unless given. */
  readonly population?: number;
  /** Whether it starts anew, elsewhere, where it can go no further. */
  readonly restarts: boolean;
  /** Candidates that all may take together. */
  readonly evaluations: number;
  /** Asked between generations. */
  readonly stopped: () => boolean;
  /** Asked now and then, of the best of each that goes on: whether to go on. */
  readonly judge?: (bests: readonly (readonly number[])[]) => Promise<boolean>;
  readonly progress?: (candidates: number, loss: number) => void;
}

/** A gain of less than this, or than this part of a loss above 1, in so many candidates is none: fewer for few numbers. */
const GAIN = 1e-3;
const PATIENCE = 500;
const PATIENCE_EACH = 40;
/** Searches that go on to the end, and after which part of their evaluations the others are left: the better half of them each time. */
const FEWEST = 2;
const HALVINGS = 3;
/** Generations from one judgement to the next. */
const JUDGED = 8;
/** A loss that leaves nothing to explain. */
const NOTHING = 1e-5;

interface Going {
  readonly seed: number;
  search: Search;
  population: number;
  best: number;
  values: readonly number[];
  evaluations: number;
  /** Evaluations that it may take, and when it was last held against the others. */
  share: number;
  since: number;
  restarts: number;
  /** The best loss when it last gained, and when that was. */
  mark: number;
  marked: number;
  stopped: string | null;
  pending: readonly (readonly number[])[];
}

/** A search that is over, and where its optimiser took the lowest point to be in the end. */
export interface EndedSearch extends FitSearch {
  readonly centre: readonly number[];
}

/** In the order of the seeds. */
export async function searchFrom(objective: Objective, wishes: SearchWishes): Promise<readonly EndedSearch[]> {
  const { optimiser, seeds, part, from, restarts, evaluations, stopped } = wishes;
  const n = part.numbers.length;
  const patience = Math.min(PATIENCE, PATIENCE_EACH * (n + 2));
  const population = Math.max(4, wishes.population ?? optimiser.population(n));
  const begun = from === null ? await firstPoints(objective, wishes) : null;
  const share = Math.floor(evaluations / Math.max(1, seeds.length));
  const searches = seeds.map((seed, s): Going => {
    const first = begun?.[s];
    const point = first?.point ?? part.point(from as readonly number[]);
    return {
      seed,
      search: optimiser.start({ point, spread: wishes.spread, population, seed, restart: 0 }),
      population,
      best: first?.loss ?? Infinity,
      values: part.values(point),
      evaluations: first?.evaluations ?? 0,
      share,
      since: 0,
      restarts: 0,
      mark: first?.loss ?? Infinity,
      marked: first?.evaluations ?? 0,
      stopped: null,
      pending: [],
    };
  });

  for (let generation = 1; ; generation++) {
    for (const s of searches) {
      if (s.stopped !== null) continue;
      if (s.evaluations + s.population > s.share) s.stopped = "its evaluations are used up";
      else if (s.best <= NOTHING) s.stopped = "nothing is left to explain";
      else if (s.evaluations - s.marked >= patience) s.stopped = `no gain over ${GAIN} in ${patience} evaluations`;
      else if (s.search.ended !== null && !restarts) s.stopped = s.search.ended;
      else if (s.search.ended !== null) {
        s.restarts++;
        s.population *= 2;
        if (s.evaluations + s.population > s.share) {
          s.stopped = "its evaluations are used up";
          continue;
        }
        const draws = stream(s.seed, `fit/restart ${s.restarts}`);
        const point = part.numbers.map((_, i) => uniform(draws, i, 0));
        s.search = optimiser.start({
          point,
          spread: RESTART_SPREAD,
          population: s.population,
          seed: s.seed,
          restart: s.restarts,
        });
      }
    }
    const alive = searches.filter((s) => s.stopped === null);
    if (alive.length === 0) break;
    // The better half goes on, with what the others leave over.
    if (alive.length > FEWEST && alive.every((s) => s.evaluations - s.since >= Math.min(share / HALVINGS, patience))) {
      const order = [...alive].sort((a, b) => a.best - b.best || a.seed - b.seed);
      const kept = order.slice(0, Math.max(FEWEST, Math.ceil(alive.length / 2)));
      for (const s of order.slice(kept.length)) {
        s.stopped = "others came lower, and were given its evaluations";
        for (const k of kept) k.share += Math.floor((s.share - s.evaluations) / kept.length);
      }
      for (const k of kept) k.since = k.evaluations;
      continue;
    }
    if (stopped()) {
      for (const s of alive) s.stopped = "it was interrupted";
      break;
    }
    for (const s of alive) s.pending = s.search.ask();
    const candidates = alive.flatMap((s) => s.pending.map((point) => part.values(point)));
    const losses = await objective.losses(candidates);
    let at = 0;
    for (const s of alive) {
      const own = losses.slice(at, at + s.pending.length);
      own.forEach((loss, k) => {
        if (!(loss < s.best)) return;
        s.best = loss;
        s.values = candidates[at + k] as readonly number[];
      });
      at += s.pending.length;
      s.evaluations += s.pending.length;
      s.search.tell(own);
      if (s.best < s.mark - GAIN * Math.max(1, s.best) || s.mark === Infinity)
        [s.mark, s.marked] = [s.best, s.evaluations];
    }
    wishes.progress?.(candidates.length, Math.min(...searches.map((s) => s.best)));
    if (wishes.judge !== undefined && generation % JUDGED === 0 && !(await wishes.judge(alive.map((s) => s.values))))
      for (const s of alive) s.stopped = "what it does not see became no better";
  }
  return searches.map((s) => ({
    seed: s.seed,
    loss: s.best,
    values: s.values,
    evaluations: s.evaluations,
    restarts: s.restarts,
    stopped: s.stopped ?? "",
    centre: part.values(s.search.centre),
  }));
}

const RESTART_SPREAD = 0.3;

/** Points of a seed's own all over the box, of which it begins at the best: so many for each number. */
const FIRST_POINTS = 6;

async function firstPoints(
  objective: Objective,
  { seeds, part, own, evaluations, progress }: SearchWishes,
): Promise<readonly { readonly point: readonly number[]; readonly loss: number; readonly evaluations: number }[]> {
  const n = part.numbers.length;
  const each = Math.max(1, Math.min(FIRST_POINTS * n, Math.floor(evaluations / seeds.length / 4)));
  const points = seeds.map((seed) => {
    const draws = stream(seed, "fit/first points");
    return Array.from({ length: each }, (_, k) =>
      seed === seeds[0] && k === 0 ? part.point(own) : part.numbers.map((_, i) => uniform(draws, i, k)),
    );
  });
  const losses = await objective.losses(points.flatMap((tried) => tried.map((p) => part.values(p))));
  progress?.(losses.length, smallestOf(losses));
  return points.map((tried, s) => {
    let best = 0;
    for (let k = 1; k < each; k++) if ((losses[s * each + k] as number) < (losses[s * each + best] as number)) best = k;
    return { point: tried[best] as readonly number[], loss: losses[s * each + best] as number, evaluations: each };
  });
}
