import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { gradeHistory } from '../db/grades';
import { sayReason } from '../domain/words';
import { ownCustomer } from './access';
import type { Deps } from './deps';
import { languageOf } from './language';
import { pageOf, pageQuery, paged, readCursor } from './page';
import { route } from './route';
import { CustomerNo } from './schema/common';
import { Grade } from './schema/grades';

/** Why a customer has its level, now and before. */
export function registerGrades(app: FastifyInstance, { db }: Deps): void {
  const spec = {
    permission: 'grade.read',
    tag: 'grades',
    summary: "A customer's grades with each point explained, the latest first",
    params: z.strictObject({ customerNo: CustomerNo }),
    query: z.strictObject(pageQuery),
    response: { 200: pageOf(Grade) },
  } as const;
  route(app, 'GET', '/customers/:customerNo/grades', spec, async (call) => {
    const { limit, cursor } = call.query;
    const { customerNo } = call.params;
    await ownCustomer(db, call.principal, customerNo);
    const after = readCursor(z.string().regex(/^\d{1,18}$/), cursor);
    const rows = await gradeHistory(db, { customerNo, after, limit: limit + 1 });
    const language = languageOf(call.request);
    const told = rows.map(({ reasons, ...row }) => ({
      ...row,
      reasons: reasons.map((one) => ({ ...one, text: sayReason(language, one) })),
    }));
    return paged(told, limit, ({ id }) => id);
  });
}
