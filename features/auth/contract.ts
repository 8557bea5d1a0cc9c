import { type Static, type TProperties, Type } from 'typebox';
import { Body, Id, Nullable, OneOf, Text, Timestamp } from '../../contracts/atoms.ts';

export const loginRoles = ['super_admin', 'company_admin', 'sales_manager', 'sales_rep'] as const;

/** As much as fits into an e-mail address; whether it is one, only registration asks. */
export const Address = Text(255, 1);
export const NewAddress = Type.String({ format: 'email', maxLength: 255 });
export const Password = Text(200, 1);
export const NewPassword = Type.String({ minLength: 12, maxLength: 200, pattern: '^[^\\u0000]*$' });
/** What to do with the refresh token: into an HttpOnly cookie for browsers, or into the answer. */
export const InCookie = Type.Optional(Type.Boolean({ default: false }));
const Token = Text(200, 1);

export const Login = Body({
  email: Address,
  password: Password,
  code: Type.Optional(Text(40, 1)),
  cookie: InCookie,
});

export const LoginUser = Type.Object({
  id: Id,
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  role: OneOf(loginRoles),
  company_id: Nullable(Id),
  company_name: Nullable(Type.String()),
});

const grant = {
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  expires_in: Type.Integer({ description: 'Seconds.' }),
  refresh_token: Nullable(Type.String({ description: 'Null where it is in the cookie.' })),
  user: LoginUser,
};
export const Grant = Type.Object(grant);
export const GrantWith = <T extends TProperties>(more: T) => Type.Object({ ...more, ...grant });

// A browser sends no body: it has the cookie.
export const Refresh = Nullable(Body({ refresh_token: Type.Optional(Token) }));

export const Account = Type.Object({
  ...LoginUser.properties,
  company_status: Nullable(OneOf(['active', 'suspended', 'deleted'] as const)),
  subscription_status: Nullable(Type.String()),
  trial_ends_at: Nullable(Timestamp),
  currency: Nullable(Type.String()),
  timezone: Nullable(Type.String()),
  language: Nullable(Type.String()),
  avatar_url: Nullable(Type.String()),
  last_login_at: Nullable(Timestamp),
  totp_enabled: Type.Boolean(),
  acting_admin: Nullable(Type.String({ description: 'The super admin who acts for the company in this session.' })),
  acting_until: Nullable(Timestamp),
});

export const ForgotPassword = Body({ email: Address });
export const ResetPassword = Body({ token: Token, new_password: NewPassword });
export const ChangePassword = Body({ current_password: Password, new_password: NewPassword });
export const Said = Type.Object({ message: Type.String() });

export const TotpEnrol = Body({ password: Password });
export const TotpSecret = Type.Object({ secret: Type.String(), otpauth_url: Type.String() });
export const TotpCode = Body({ code: Text(40, 1) });
export const TotpDisable = Body({ password: Password, code: Text(40, 1) });
export const RecoveryCodes = Type.Object({ recovery_codes: Type.Array(Type.String()) });

export type Grant = Static<typeof Grant>;
export type LoginUser = Static<typeof LoginUser>;
export type Account = Static<typeof Account>;
