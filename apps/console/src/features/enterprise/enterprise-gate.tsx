import { Outlet } from '@tanstack/react-router';
import { isAdministrator, useAccount } from '../../shell/account.ts';
import { Forbidden } from './forbidden.tsx';

/** Lets owners and co-owners through. The server refuses everybody else too; this page only explains it. */
export function EnterpriseGate() {
  const { role } = useAccount();
  return isAdministrator(role) ? <Outlet /> : <Forbidden needed="an owner or co-owner" />;
}
