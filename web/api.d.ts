// Written by hand until it is generated from the server's OpenAPI document; same shape as the generator's.
interface Json<T> {
  headers: { [name: string]: unknown };
  content: { 'application/json': T };
}
interface Nothing {
  headers: { [name: string]: unknown };
  content?: never;
}
interface ProblemAnswer {
  headers: { [name: string]: unknown };
  content: { 'application/problem+json': Problem };
}
interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { field: string; code: string; message: string }[];
}
interface User {
  id: string;
  email: string;
  first_name: string;
  last_name: string;
  role: 'super_admin' | 'company_admin' | 'sales_manager' | 'sales_rep';
  company_id: string | null;
  company_name: string | null;
}
interface Grant {
  access_token: string;
  token_type: string;
  expires_in: number;
  refresh_token: string | null;
  user: User;
}
interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total?: number;
}
interface Row {
  id: string;
  created_at: string;
  updated_at: string;
}
type ContactStatus =
  | 'NEW'
  | 'LEAD'
  | 'PROSPECT'
  | 'CONTACTED'
  | 'QUALIFIED'
  | 'UNQUALIFIED'
  | 'CUSTOMER'
  | 'INACTIVE';
interface ContactBody {
  first_name: string;
  last_name: string;
  email?: string | null;
  phone?: string | null;
  mobile?: string | null;
  company?: string | null;
  title?: string | null;
  department?: string | null;
  website?: string | null;
  address_line1?: string | null;
  address_line2?: string | null;
  city?: string | null;
  state?: string | null;
  postal_code?: string | null;
  country?: string | null;
  status?: ContactStatus;
  source?: 'website' | 'referral' | 'linkedin' | 'cold_email' | 'trade_show' | 'social_media' | 'other' | null;
  lead_score?: number | null;
  owner_id?: string;
  tags?: string[] | null;
  notes?: string | null;
  linkedin_url?: string | null;
  twitter_handle?: string | null;
}
type Contact = Row & ContactBody & { status: ContactStatus; owner_id: string };
interface DealBody {
  title: string;
  description?: string | null;
  value: string;
  currency?: string;
  pipeline_id: string;
  stage_id: string;
  owner_id?: string;
  contact_id?: string | null;
  company?: string | null;
  expected_close_date?: string | null;
}
type Deal = Row &
  DealBody & {
    currency: string;
    status: 'open' | 'won' | 'lost' | 'abandoned';
    owner_id: string;
    probability: number | null;
    weighted_value: string | null;
    stage_entered_at: string | null;
  };
interface Stage {
  id: string;
  name: string;
  order_index: number;
  probability: number;
  is_closed: boolean;
  is_won: boolean;
}
interface BoardStage {
  stage_id: string;
  count: number;
  total_value: string;
  weighted_value: string;
  items: Deal[];
  next_cursor: string | null;
}
interface ListQuery {
  limit?: number;
  cursor?: string;
  sort?: string;
  search?: string;
  include_total?: boolean;
}
interface Parameters<Query = never, Path = never> {
  query?: Query;
  path?: Path;
  header?: never;
  cookie?: never;
}
interface PathOf<Path> {
  query?: never;
  path: Path;
  header?: never;
  cookie?: never;
}
interface Body<T> {
  content: { 'application/json': T };
}
interface Answers<T> {
  200: Json<T>;
  default: ProblemAnswer;
}
interface Created<T> {
  201: Json<T>;
  default: ProblemAnswer;
}
interface Empty {
  204: Nothing;
  default: ProblemAnswer;
}

export interface paths {
  '/api/auth/login': {
    post: {
      parameters: Parameters;
      requestBody: Body<{ email: string; password: string; code?: string; cookie?: boolean }>;
      responses: Answers<Grant>;
    };
  };
  '/api/auth/refresh': { post: { parameters: Parameters; responses: Answers<Grant> } };
  '/api/auth/logout': { post: { parameters: Parameters; responses: Empty } };
  '/api/auth/me': { get: { parameters: Parameters; responses: Answers<User> } };
  '/api/register/company': {
    post: {
      parameters: Parameters;
      requestBody: Body<{
        company_name: string;
        admin_email: string;
        admin_password: string;
        admin_first_name: string;
        admin_last_name: string;
        phone?: string;
        cookie?: boolean;
      }>;
      responses: Created<{ company_id: string; admin_email: string; trial_ends_at: string; access_token: string }>;
    };
  };
  '/api/contacts': {
    get: {
      parameters: Parameters<ListQuery & { status?: ContactStatus; owner_id?: string }>;
      responses: Answers<Page<Contact>>;
    };
    post: { parameters: Parameters; requestBody: Body<ContactBody>; responses: Created<Contact> };
  };
  '/api/contacts/{contact_id}': {
    get: { parameters: PathOf<{ contact_id: string }>; responses: Answers<Contact> };
    patch: {
      parameters: PathOf<{ contact_id: string }>;
      requestBody: Body<Partial<ContactBody>>;
      responses: Answers<Contact>;
    };
    delete: { parameters: PathOf<{ contact_id: string }>; responses: Empty };
  };
  '/api/pipelines': {
    get: {
      parameters: Parameters;
      responses: Answers<Page<{ id: string; name: string; is_default?: boolean; stages: Stage[] }>>;
    };
  };
  '/api/deals': {
    get: {
      parameters: Parameters<ListQuery & { pipeline_id?: string; stage_id?: string; contact_id?: string }>;
      responses: Answers<Page<Deal>>;
    };
    post: { parameters: Parameters; requestBody: Body<DealBody>; responses: Created<Deal> };
  };
  '/api/deals/board': {
    get: {
      parameters: { query: { pipeline_id: string; limit?: number }; path?: never; header?: never; cookie?: never };
      responses: Answers<{ stages: BoardStage[] }>;
    };
  };
  '/api/deals/{deal_id}': {
    get: { parameters: PathOf<{ deal_id: string }>; responses: Answers<Deal> };
    patch: { parameters: PathOf<{ deal_id: string }>; requestBody: Body<Partial<DealBody>>; responses: Answers<Deal> };
    delete: { parameters: PathOf<{ deal_id: string }>; responses: Empty };
  };
  '/api/deals/{deal_id}/move': {
    patch: { parameters: PathOf<{ deal_id: string }>; requestBody: Body<{ stage_id: string }>; responses: Answers<Deal> };
  };
}
