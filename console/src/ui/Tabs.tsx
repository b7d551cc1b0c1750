import { useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

export type Tab<K extends string> = Readonly<{ key: K; label: string; shows: ReactNode }>;

const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Parts of a page of which one is shown. Left and right go through them; on a narrow screen they wrap, so that none hides behind a menu. */
export function Tabs<K extends string>({
  label,
  tabs,
  shown,
  show,
}: Readonly<{ label: string; tabs: readonly Tab<K>[]; shown: K; show: (key: K) => void }>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const go = (event: KeyboardEvent) => {
    const step = STEP[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ key }) => key === shown) + step;
    const next = tabs.at(at % tabs.length);
    if (next === undefined) return;
    event.preventDefault();
    show(next.key);
    list.current?.querySelector<HTMLElement>(`[data-key="${next.key}"]`)?.focus();
  };
  return (
    <>
      <div role="tablist" className="tabs" aria-label={label} ref={list} onKeyDown={go}>
        {tabs.map(({ key, label: text }) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            data-key={key}
            aria-selected={key === shown}
            aria-controls={`${id}-panel`}
            tabIndex={key === shown ? 0 : -1}
            onClick={() => show(key)}
          >
            {text}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${shown}`}>
        {tabs.find(({ key }) => key === shown)?.shows}
      </div>
    </>
  );
}
