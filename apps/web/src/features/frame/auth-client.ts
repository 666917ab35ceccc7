import { createAuthClient } from 'better-auth/react';

/** Signs people in and out; sessions live in a cookie that the server sets. */
export const authClient = createAuthClient();
