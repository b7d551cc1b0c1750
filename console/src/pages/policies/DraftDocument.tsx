import { Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Given = Readonly<{
  body: object;
  change: (to: object) => void;
  /** Whether what stands there cannot be read now. */
  broken: (is: boolean) => void;
}>;

/** The whole document, for what has no field of its own. What cannot be read changes nothing, and is said. */
export function DraftDocument({ body, change, broken }: Given) {
  const { t } = useTranslation('policies');
  /** What is being typed; null: as the fields say. */
  const [typed, setTyped] = useState<string | null>(null);
  const isBroken = typed !== null && parsed(typed) === null;
  const take = (text: string) => {
    const to = parsed(text);
    setTyped(text);
    broken(to === null);
    if (to !== null) change(to);
  };
  return (
    <section className="card" aria-labelledby="document">
      <h2 id="document">{t('edit.document')}</h2>
      <p className="quiet" id="document-hint">
        {t('edit.documentHint')}
      </p>
      <Input.TextArea
        aria-labelledby="document"
        aria-describedby="document-hint"
        aria-invalid={isBroken}
        className="document"
        spellCheck={false}
        rows={16}
        status={isBroken ? 'error' : ''}
        value={typed ?? JSON.stringify(body, null, 2)}
        onChange={({ target }) => take(target.value)}
        onBlur={() => !isBroken && setTyped(null)}
      />
      {isBroken && <p role="alert">{t('edit.broken')}</p>}
    </section>
  );
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
