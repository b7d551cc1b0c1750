import type { Contact } from './plan';
import type { Channel, TaskKind } from './policy';

const CHANNELS: readonly Channel[] = ['sms', 'email'];

/** Where a step is written to: its own channels where they work, else the first other one that does. Source: docs/policy.md, "Ladder". */
export function channelsFor(wanted: readonly Channel[], reachable: readonly Channel[]): Channel[] {
  if (wanted.length === 0) return [];
  const usable = wanted.filter((channel) => reachable.includes(channel));
  return usable.length > 0
    ? usable
    : CHANNELS.filter((channel) => reachable.includes(channel)).slice(0, 1);
}

/** A task that a step gives out, and whether it is one of the step's own or stands in for a message that can go nowhere. */
export type Given = Readonly<{ kind: TaskKind; why: 'step' | 'unreachable' }>;

/** The tasks of a step; a call takes the place of a message that no channel can carry. Source: docs/policy.md, "Ladder". */
export function tasksGiven(plan: Contact, reachable: readonly Channel[]): Given[] {
  const own = plan.tasks.map((kind): Given => ({ kind, why: 'step' }));
  const speaks = plan.channels.length > 0;
  const unreachable = speaks && channelsFor(plan.channels, reachable).length === 0;
  return unreachable && !plan.tasks.includes('call')
    ? [...own, { kind: 'call', why: 'unreachable' }]
    : own;
}
