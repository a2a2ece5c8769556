// Spikes on their way between populations whose spikes are located inside the step: a calendar of arrivals at any time.
import { timeOf } from "./clock.ts";
import type { Inbox } from "./inbox.ts";
import type { PopulationKernel } from "./kernel.ts";
import type { Network } from "./network.ts";
import type { PreciseStepper } from "./preciseStepper.ts";
import { ConnectionError } from "./connectError.ts";
import type { PreciseProjection } from "./projection.ts";

/**
 * A neuron's spikes must not arrive in the step they are sent in, because that step is under way: every delay from neurons is a step at least. What is sent from outside
 * is known beforehand and may arrive at once.
 */
export function preciseNetwork(
  populations: readonly PopulationKernel[],
  projections: readonly PreciseProjection[],
  steppers: readonly PreciseStepper[],
  dt: number,
): Network {
  const indexOf = (name: string): number => populations.findIndex((p) => p.name === name);
  const routes = projections.map((projection, index): Route => {
    const { inbox } = steppers[indexOf(projection.target)] as PreciseStepper;
    return { index, projection, inbox, by: inbox.open(projection) };
  });
  const outgoing = populations.map((population) =>
    routes.filter(({ projection }) => projection.source === population.name),
  );
  for (const p of projections) if (populations[indexOf(p.source)]?.source === undefined) demandStep(p, dt);

  // What is under way by the step in which it arrives, in the order in which it was sent.
  let calendar = new Map<number, Day>();
  // A day only grows, so that its length says what it was; those that are over and that no saved calendar has any more are used again.
  let saved: readonly { readonly step: number; readonly day: Day; readonly length: number }[] = [];
  let over: Day[] = [],
    unused: Day[] = [];

  const enter = (route: Route, i: number, first: number, end: number, at: number): void => {
    // A time that is a multiple of the step but for rounding belongs to the step that begins there.
    const step = Math.floor(at / dt + 1e-9);
    let day = calendar.get(step);
    if (day === undefined) {
      day = unused.pop() ?? createDay();
      calendar.set(step, day);
    }
    day.push(route.index, i, first, end, at);
  };
  /** Connections with one delay are one entry. */
  const schedule = (route: Route, i: number, time: number): void => {
    const {
      delays,
      connections: { starts, firstSource, delays: segments },
    } = route.projection;
    const r = (i - firstSource) * segments.length;
    if (r < 0 || r + segments.length >= starts.length) return;
    const begin = starts[r] as number,
      end = starts[r + segments.length] as number;
    if (typeof delays === "number") {
      if (begin < end) enter(route, i, begin, end, time + delays);
      return;
    }
    for (let first = begin, next = first; first < end; first = next) {
      const delay = delays[first] as number;
      for (next = first + 1; next < end && delays[next] === delay;) next++;
      enter(route, i, first, next, time + delay);
    }
  };
  const sendAll = (p: number, neurons: Int32Array, count: number, time: (k: number) => number): void => {
    for (const route of outgoing[p] ?? [])
      for (let k = 0; k < count; k++) schedule(route, neurons[k] as number, time(k));
  };

  return {
    before(n) {
      populations.forEach(({ source }, p) => {
        if (source === undefined) return;
        const count = source.fire(n);
        const { times, spikes } = source;
        sendAll(p, spikes, count, (k) => times?.[k] ?? timeOf(n + 1, dt));
      });
      const day = calendar.get(n);
      if (day === undefined) return;
      for (let a = 0; a < day.length; a++) {
        const { projection, inbox, by } = routes[day.route(a)] as Route;
        for (let c = day.first(a); c < day.end(a); c++)
          inbox.add(projection.connections.target[c] as number, day.time(a), by, day.source(a), c);
      }
      calendar.delete(n);
      over.push(day);
    },
    gather() {
      // Nothing is given but by spikes.
    },
    send(p, n, { neurons, count, times }) {
      // Sources have been sent before the step, but for what they give at the very beginning.
      if (populations[p]?.source !== undefined && n > 0) return;
      sendAll(p, neurons, count, (k) => times?.[k] ?? timeOf(n, dt));
    },
    reply() {
      // What postsynaptic spikes do is for the grid.
    },
    listens: (p) => (outgoing[p]?.length ?? 0) > 0,
    save() {
      saved = [...calendar].map(([step, day]) => ({ step, day, length: day.length }));
      for (const day of over) {
        day.length = 0;
        unused.push(day);
      }
      over = [];
    },
    restore() {
      for (const { day, length } of saved) day.length = length;
      calendar = new Map(saved.map(({ step, day }) => [step, day]));
      [over, unused] = [[], []];
    },
  };
}

/** A projection among all, where what comes through it is put, and what it is called there. */
interface Route {
  readonly index: number;
  readonly projection: PreciseProjection;
  readonly inbox: Inbox;
  readonly by: number;
}

/** What arrives in one step: spikes, each through some connections in a row that have one delay. */
interface Day {
  length: number;
  push(route: number, source: number, first: number, end: number, time: number): void;
  route(a: number): number;
  source(a: number): number;
  first(a: number): number;
  end(a: number): number;
  /** ms */
  time(a: number): number;
}

function createDay(): Day {
  let entries = new Int32Array(4 * 64),
    times = new Float64Array(64);
  return {
    length: 0,
    push(route, source, first, end, time) {
      if (this.length === times.length) {
        const [longer, later] = [new Int32Array(2 * entries.length), new Float64Array(2 * times.length)];
        longer.set(entries);
        later.set(times);
        [entries, times] = [longer, later];
      }
      const a = 4 * this.length;
      entries[a] = route;
      entries[a + 1] = source;
      entries[a + 2] = first;
      entries[a + 3] = end;
      times[this.length++] = time;
    },
    route: (a) => entries[4 * a] as number,
    source: (a) => entries[4 * a + 1] as number,
    first: (a) => entries[4 * a + 2] as number,
    end: (a) => entries[4 * a + 3] as number,
    time: (a) => times[a] as number,
  };
}

function demandStep({ delays, connection, connections }: PreciseProjection, dt: number): void {
  const shortest =
    connections.count === 0
      ? Infinity
      : typeof delays === "number"
        ? delays
        : delays.reduce((a, b) => Math.min(a, b), Infinity);
  if (shortest < dt * (1 - 1e-9))
    throw new ConnectionError(
      connection,
      `with \`spikes precise\` every delay between neurons is at least one step (${dt} ms): \`${connection}\` has one of ${shortest} ms`,
    );
}
