/** The responses of `/api/admin/sites` and `/api/admin/sites/dashboard`. Dates are `YYYY-MM-DD`. */

export interface Sites {
  sites: { customerId: string; name: string; timezone: string; active: boolean }[];
}

interface Visits {
  visits: number;
  bounce_rate: number | null;
}

export interface SiteFigures {
  timezone: string;
  from: string;
  to: string;
  total_events: number;
  processed_to_business: number;
  dead_letters: number;
  completion_rate: number | null;
  latest_event: string | null;
  summary: {
    visitors: number;
    visits: number;
    page_views: number;
    events: number;
    bounce_rate: number | null;
    visit_duration_seconds: number | null;
    pages_per_visit: number | null;
    bot_events: number;
  };
  time_series: { start: string; visitors?: number; visits: number; page_views: number }[];
  top_pages: { page: string; page_views: number }[];
  referrers: (Visits & { referrer: string })[];
  devices: (Visits & { device: string })[];
  countries: (Visits & { country: string })[];
}
