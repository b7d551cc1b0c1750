import type { FastifyInstance } from 'fastify';
import { registerApprovals } from './approvals';
import { registerAssignees } from './assignees';
import { registerAudit } from './audit';
import { registerBills } from './bills';
import { registerMessages } from './messages';
import { registerCycles } from './cycles';
import { registerErasures } from './erasures';
import { registerExperiments } from './experiments';
import { registerExports } from './exports';
import { registerGradings } from './gradings';
import { registerOpenCampaigns } from './open-campaigns';
import { registerCampaignSchedules } from './campaign-schedules';
import { registerGrades } from './grades';
import { registerPromises } from './promises';
import { registerCodec } from './codec';
import { registerBulkOrders } from './bulk-orders';
import { registerCampaigns } from './campaigns';
import { registerCustomers } from './customers';
import { registerCallbacks } from './callbacks';
import type { Deps } from './deps';
import { registerHolds } from './holds';
import { registerImports } from './imports';
import { registerLetters } from './letters';
import { registerMonth } from './month';
import { registerOrders } from './orders';
import { registerOffers } from './offers';
import { registerOverrides } from './overrides';
import { registerPayments } from './payments';
import { registerPolicies } from './policies';
import { registerPolicyMigrations } from './policy-migrations';
import { registerPreview } from './preview';
import { registerProposals } from './proposals';
import { registerRecovery } from './recovery';
import { registerStations } from './stations';
import { registerTasks } from './tasks';
import { registerSessions } from './sessions';
import { registerSimulations } from './simulations';
import { registerOidc } from './oidc';
import { registerStaff } from './staff';
import { registerTokens } from './tokens';
import { registerUnsubscribe } from './unsubscribe';
import { registerWaivers } from './waivers';

type Register = (app: FastifyInstance, deps: Deps) => void;

/** What stands under /api/v1, one file a resource. */
export const resources: readonly Register[] = [
  registerCustomers,
  registerStations,
  registerBills,
  registerCycles,
  registerExports,
  registerErasures,
  registerGrades,
  registerMessages,
  registerPromises,
  registerHolds,
  registerOrders,
  registerBulkOrders,
  registerApprovals,
  registerOverrides,
  registerWaivers,
  registerPolicies,
  registerPolicyMigrations,
  registerSimulations,
  registerExperiments,
  registerPreview,
  registerProposals,
  registerOffers,
  registerTasks,
  registerAssignees,
  registerLetters,
  registerPayments,
  registerCampaigns,
  registerOpenCampaigns,
  registerCampaignSchedules,
  registerGradings,
  registerRecovery,
  registerMonth,
  registerImports,
  registerAudit,
  registerSessions,
  registerOidc,
  registerStaff,
  registerTokens,
  registerCallbacks,
  registerUnsubscribe,
  registerCodec,
];
