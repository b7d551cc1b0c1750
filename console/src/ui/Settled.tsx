import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Loading } from './Loading';

/** Longer than this nobody waits for the slowest of many answers. */
const PATIENCE_MS = 1_500;

/** A page of many parts: shown when all of them have been read once, so that one that comes later pushes none about. */
export function Settled({ height, children }: Readonly<{ height: number; children: ReactNode }>) {
  const settled = useSettled();
  return (
    <>
      {!settled && <Loading height={height} />}
      <div className={settled ? '' : 'settling'}>{children}</div>
    </>
  );
}

function useSettled(): boolean {
  const client = useQueryClient();
  const reading = useIsFetching();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    // The parts have begun to read by now: their effects run before this one.
    if (client.isFetching() === 0) setSettled(true);
  }, [client, reading]);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
