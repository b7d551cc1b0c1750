import { readdirSync, readFileSync } from 'node:fs';

/** MiB that a process and its children hold: their own and their share of what they share (PSS of Linux). */
export function memoryOf(pid: number): number {
  const kib = familyOf(pid).reduce((sum, one) => sum + pssKib(one), 0);
  return Math.round(kib / 1024);
}

function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)))
    parents.set(Number(name), parentOf(Number(name)));
  const family = [pid];
  for (const one of family)
    for (const [child, parent] of parents) if (parent === one) family.push(child);
  return family;
}

/** 0 when it has just ended. */
const parentOf = (pid: number): number =>
  Number(/^PPid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1] ?? 0);
const pssKib = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0);

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
