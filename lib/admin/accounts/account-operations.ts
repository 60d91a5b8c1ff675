import {
  acceptInvitation,
  createFirstOperator,
  getInvitation,
  inviteOperator,
  listInvitations,
  resendInvitation,
  revokeInvitation,
} from "./invitation-operations.ts";
import { listAuditLog } from "./list-audit-log.ts";
import { deleteOperator, listOperators, updateOperator } from "./operator-operations.ts";
import { changePassword, requestPasswordReset, resetPassword } from "./password-operations.ts";
import { confirmSecondFactor, renewBackupCodes, startSecondFactor } from "./second-factor-operations.ts";
import {
  getSession,
  listSessions,
  revokeSession,
  signOut,
  signOutEverywhere,
  updateAccount,
} from "./session-operations.ts";
import { signIn, useBackupCode, verifySecondFactor } from "./sign-in-operations.ts";
import { createApiToken, listApiTokens, revokeApiToken } from "./token-operations.ts";

/** The accounts of operators. None of these modules loads better-auth before one of its operations needs it. */
export const operations = [
  getSession,
  signIn,
  verifySecondFactor,
  useBackupCode,
  signOut,
  signOutEverywhere,
  listSessions,
  revokeSession,
  updateAccount,
  changePassword,
  requestPasswordReset,
  resetPassword,
  startSecondFactor,
  confirmSecondFactor,
  renewBackupCodes,
  getInvitation,
  acceptInvitation,
  inviteOperator,
  listInvitations,
  resendInvitation,
  revokeInvitation,
  listOperators,
  updateOperator,
  deleteOperator,
  createFirstOperator,
  createApiToken,
  listApiTokens,
  revokeApiToken,
  listAuditLog,
];
