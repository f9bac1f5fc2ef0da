import { enterpriseUserSchema } from './enterprise-user.ts';
import { groupSchema } from './group.ts';
import type { ResourceType } from './resource-type.ts';
import { userSchema } from './user.ts';

/** Users with the enterprise extension. */
export const userResourceType: ResourceType = {
  name: 'User',
  description: 'User account',
  endpoint: '/Users',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};

/** Groups. */
export const groupResourceType: ResourceType = {
  name: 'Group',
  description: 'Group',
  endpoint: '/Groups',
  schema: groupSchema,
  extensions: [],
};
