// Spikes on their way between populations whose spikes are located inside the step: a calendar of arrivals at any time.
import { timeOf } from "./clock.ts";
import type { PopulationKernel } from "./kernel.ts";
import type { Network } from "./network.ts";
import type { Arrival, PreciseStepper } from "./preciseStepper.ts";
import { ConnectionError } from "./connectError.ts";
import type { PreciseProjection } from "./projection.ts";

/**
 * A neuron's spikes must not arrive in the step they are sent in, because that step is under way: every delay from neurons is a step at least. What is sent from outside
 * is known beforehand and may arrive at once.
 */
export function preciseNetwork(populations: readonly PopulationKernel[], projections: readonly PreciseProjection[], steppers: readonly PreciseStepper[], dt: number): Network {
  const indexOf = (name: string): number => populations.findIndex((p) => p.name === name);
  const outgoing = populations.map((population) => projections.filter((p) => p.source === population.name).map((projection) => ({ projection, target: indexOf(projection.target) })));
  for (const p of projections) if (populations[indexOf(p.source)]?.source === undefined) demandStep(p, dt);

  interface Scheduled {
    readonly target: number;
    readonly neuron: number;
    readonly arrival: Arrival;
  }
  // Arrivals by the step in which they fall, in the order in which they were sent.
  let calendar = new Map<number, Scheduled[]>();
  let saved = calendar;
  const copyOf = (of: ReadonlyMap<number, readonly Scheduled[]>): Map<number, Scheduled[]> => new Map([...of].map(([step, all]) => [step, [...all]]));

  const schedule = (projection: PreciseProjection, target: number, i: number, time: number): void => {
    const { starts, target: targetOf, firstSource, delays: segments } = projection.connections;
    const r = (i - firstSource) * segments.length;
    if (r < 0 || r + segments.length >= starts.length) return;
    for (let c = starts[r] as number; c < (starts[r + segments.length] as number); c++) {
      const j = targetOf[c] as number;
      const at = time + (typeof projection.delays === "number" ? projection.delays : (projection.delays[c] as number));
      // A time that is a multiple of the step but for rounding belongs to the step that begins there.
      const step = Math.floor(at / dt + 1e-9);
      const day = calendar.get(step) ?? [];
      if (day.length === 0) calendar.set(step, day);
      day.push({ target, neuron: j, arrival: { time: at, act: (t, state) => projection.jump(i, j, c, t, state) } });
    }
  };
  const sendAll = (p: number, neurons: Int32Array, count: number, time: (k: number) => number): void => {
    for (const { projection, target } of outgoing[p] ?? []) for (let k = 0; k < count; k++) schedule(projection, target, neurons[k] as number, time(k));
  };

  return {
    before(n) {
      populations.forEach(({ source }, p) => {
        if (source === undefined) return;
        const count = source.fire(n);
        const { times, spikes } = source;
        sendAll(p, spikes, count, (k) => times?.[k] ?? timeOf(n + 1, dt));
      });
      for (const { target, neuron, arrival } of calendar.get(n) ?? []) steppers[target]?.receive(neuron, arrival);
      calendar.delete(n);
    },
    gather() {
      // Nothing is given but by spikes.
    },
    send(p, n, { neurons, count, times }) {
      // Sources have been sent before the step, but for what they give at the very beginning.
      if (populations[p]?.source !== undefined && n > 0) return;
      sendAll(p, neurons, count, (k) => times?.[k] ?? timeOf(n, dt));
    },
    listens: (p) => (outgoing[p]?.length ?? 0) > 0,
    save() {
      saved = copyOf(calendar);
    },
    restore() {
      calendar = copyOf(saved);
    },
  };
}

function demandStep({ delays, connection, connections }: PreciseProjection, dt: number): void {
  const shortest = connections.count === 0 ? Infinity : typeof delays === "number" ? delays : delays.reduce((a, b) => Math.min(a, b), Infinity);
  if (shortest < dt * (1 - 1e-9)) throw new ConnectionError(connection, `with \`spikes precise\` every delay between neurons is at least one step (${dt} ms): \`${connection}\` has one of ${shortest} ms`);
}
