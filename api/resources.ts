import type { FastifyInstance } from 'fastify';
import type { Deps } from './deps';

type Register = (app: FastifyInstance, deps: Deps) => void;

/** What stands under /api/v1, one file a resource. */
export const resources: readonly Register[] = [];
