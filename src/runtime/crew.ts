// How threads are brought to a simulation that has been made, and let go; what each does in a step is in threads.ts.
import { integers } from "./connectMemory.ts";
import type { GridKernel } from "./kernel.ts";
import { arrive, meetingPlace, type MeetingPlace } from "./meeting.ts";
import { historiesOf } from "./network.ts";
import type { GridProjection } from "./projection.ts";
import { fillBoundary, type Boundaries, type Share } from "./share.ts";
import { member, stepsTogether, type Account, type Member, type Mirrored, type SharedRun } from "./threads.ts";
import { whyNotWorth, workOf, type BetweenMeetings } from "./worth.ts";

/** What the connections of a projection are, in memory that all threads share. */
export interface SharedConnections extends Pick<GridProjection, "name" | "connections" | "incoming"> {
  readonly values: readonly (Float64Array | Float32Array)[];
}

/** What the other threads are handed: plain data. */
export interface HandedOut {
  readonly place: MeetingPlace;
  readonly projections: readonly SharedConnections[];
  readonly boundaries: readonly Boundaries[];
  readonly mirrored: readonly Mirrored[];
}

/** The other threads, as the one that is asked knows them. */
export interface Crew {
  /** Threads, this one among them. */
  readonly parts: number;
  readonly mirrored: readonly Mirrored[];
  /** ns of a step of one neuron, by population: where that is too little to be divided, one thread takes all. Null where threads are wanted whether they pay or not. */
  readonly works: Readonly<Record<string, number>> | null;
  /** Hands out what they share: they begin to make what they need. */
  start(shared: HandedOut): void;
  /** Whether they are all there; `"never"` where one cannot come. */
  isHere(place: MeetingPlace): boolean | "never";
  /** The share whose noise is drawn from now on. */
  draws(share: Share): void;
  dismiss(): void;
}

/** What is asked of them. */
export interface Team {
  /** Those that take part, this one among them. */
  readonly threads: number;
  /** Why there is one alone; null where there are more, or the others have been let go. */
  readonly because: string | null;
  /** Null where the others are not there. */
  lead(n: number, end: number, account: Account): { readonly n: number; readonly apart: boolean } | null;
  dismiss(): void;
}

/** One thread alone. */
function nobody(because: string): Team {
  return { threads: 1, because, lead: () => null, dismiss: () => undefined };
}

/** Brings the others to a simulation that has been made. `freeFrom`: its refractory periods, by population. */
export type Recruit = (
  run: Omit<SharedRun, "place" | "boundaries" | "mirrored">,
  freeFrom: readonly Float64Array[],
) => Team;

export function teamOf(crew: Crew, ...[run, freeFrom]: Parameters<Recruit>): Team {
  const { parts, mirrored, works } = crew;
  const tooLittle = works === null ? null : whyNotWorth(betweenMeetings(run, mirrored, works));
  if (tooLittle !== null) {
    crew.dismiss();
    return nobody(tooLittle);
  }
  const place = meetingPlace(parts);
  const boundaries = run.projections.map(({ name, connections }) =>
    Array.from({ length: parts - 1 }, () => integers(connections.starts.length - 1, name)),
  );
  crew.start({
    place,
    boundaries,
    mirrored,
    projections: run.projections.map(({ name, connections, incoming, values }) => ({
      name,
      connections,
      ...(incoming && { incoming }),
      values: values.map((v) => v.values),
    })),
  });
  let leader: Member | null = null;
  let together = true,
    because: string | null = null;
  const dismiss = (why: string | null): void => {
    together = false;
    because ??= why;
    crew.dismiss();
  };
  return {
    get threads() {
      return together ? parts : 1;
    },
    get because() {
      return because;
    },
    lead(n, end, account) {
      const here = together && crew.isHere(place);
      if (here === "never") dismiss("other threads could not be started");
      if (here !== true) return null;
      leader ??= member({ ...run, place, boundaries, mirrored }, 0, freeFrom);
      crew.draws({ part: 0, parts });
      try {
        const reached = leader.lead(n, end, account);
        if (reached.apart) dismiss("what went wrong in a step was found again in one");
        return reached;
      } catch (error) {
        dismiss("another thread has ended");
        throw error;
      } finally {
        crew.draws({ part: 0, parts: 1 });
      }
    },
    dismiss: () => dismiss(null),
  };
}

function betweenMeetings(
  { populations, projections }: Pick<SharedRun, "populations" | "projections">,
  mirrored: readonly Mirrored[],
  works: Readonly<Record<string, number>>,
): BetweenMeetings {
  const coupled = projections
    .filter((p) => p.couple !== undefined || p.update !== undefined)
    .reduce((sum, p) => sum + p.connections.count, 0);
  const steps = stepsTogether(projections, mirrored);
  return { steps, work: steps * workOf(populations, works, coupled) };
}

/** What another thread does with what it was handed and with the populations and projections that it has made; never returns. */
export function joinTeam(
  { place, boundaries, mirrored }: HandedOut,
  part: number,
  run: Omit<SharedRun, "place" | "boundaries" | "mirrored" | "histories">,
): never {
  const { populations, projections } = run;
  projections.forEach((p, k) => {
    const targets = populations.find(({ name }) => name === p.target) as GridKernel;
    fillBoundary(p, targets.size, { part, parts: place.parts }, (boundaries[k] as Boundaries)[part - 1] as Int32Array);
  });
  const freeFrom = populations.map(({ size }) => new Float64Array(size));
  const one = member(
    { ...run, histories: historiesOf(populations, projections), place, boundaries, mirrored },
    part,
    freeFrom,
  );
  arrive(place);
  return one.follow();
}
