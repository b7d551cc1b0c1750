import { parentPort } from 'node:worker_threads';
import { calendarOf } from '../domain/calendar';
import { partOf } from './part';
import type { Task } from './threads';

// One thread of simulation/threads.ts: is given some of a book's customers, answers with what came of them, and ends.
parentPort?.once('message', ({ customers, rules, asked }: Task) => {
  const { policy, grading, holidays } = rules;
  const under = { rules: { policy, calendar: calendarOf(holidays) }, grading };
  parentPort?.postMessage(partOf(customers, under, asked));
  parentPort?.close();
});
