import type { FastifyInstance } from 'fastify';
import { registerAudit } from './audit';
import { registerCustomers } from './customers';
import type { Deps } from './deps';
import { registerHolds } from './holds';
import { registerOrders } from './orders';
import { registerPayments } from './payments';
import { registerTasks } from './tasks';

type Register = (app: FastifyInstance, deps: Deps) => void;

/** What stands under /api/v1, one file a resource. */
export const resources: readonly Register[] = [
  registerCustomers,
  registerHolds,
  registerOrders,
  registerTasks,
  registerPayments,
  registerAudit,
];
