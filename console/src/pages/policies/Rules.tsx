import { useTranslation } from 'react-i18next';
import type { Policy } from '../../../generated/api';
import { Facts } from '../../ui/Facts';
import { leavesOf, useReading } from './reading';

/** All that a version rules besides its ladders: limits, days, penalty, device; or for grading every scale. */
export function Rules({ policy: { body } }: { policy: Policy }) {
  const { t } = useTranslation('policies');
  const { label, value } = useReading();
  const leaves = leavesOf(body);
  const groups = [...new Set(leaves.map(groupOf))];
  return (
    <section className="card" aria-labelledby="rules">
      <h2 id="rules">{t('rules')}</h2>
      <div className="rule-groups">
        {groups.map((group) => (
          <div key={group}>
            <h3>{group === '' ? t('general') : label(group)}</h3>
            <Facts
              facts={leaves
                .filter((leaf) => groupOf(leaf) === group)
                .map((leaf) => [
                  label(leaf.path.slice(group === '' ? 0 : group.length + 1)),
                  value(leaf.path, leaf.value),
                ])}
            />
          </div>
        ))}
      </div>
    </section>
  );
}

/** The table that a place is in; none: the document itself. */
const groupOf = ({ path }: { path: string }): string =>
  path.includes('.') ? (path.split('.')[0] ?? '') : '';
