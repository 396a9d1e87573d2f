public import Storage

/// The tables of panels. Who may see what of them stands in the tables of `AccessRegister`.
public enum PanelTables {
    /// The migrations that make them.
    public static let migrations: [Migration] = [meetings, referrals, minutes, transfers, calendars]

    private static let meetings = Migration(
        number: 380, name: "panel meetings",
        statements: [
            """
            CREATE TABLE panel_meetings (
                id TEXT NOT NULL PRIMARY KEY REFERENCES register_records (id) ON DELETE CASCADE,
                panel TEXT NOT NULL,
                type_version TEXT NOT NULL,
                starts_at BIGINT NOT NULL,
                ends_at BIGINT NOT NULL,
                state TEXT NOT NULL,
                extraordinary BIGINT NOT NULL,
                sequence BIGINT NOT NULL,
                referrals_until TEXT NOT NULL,
                research_until TEXT NOT NULL,
                minutes_until TEXT NOT NULL,
                called_at BIGINT NOT NULL,
                approved_at BIGINT,
                approved_by TEXT
            )
            """,
            "CREATE INDEX panel_meetings_panel ON panel_meetings (panel, starts_at)",
            """
            CREATE TABLE panel_steps (
                id TEXT NOT NULL PRIMARY KEY,
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                step TEXT NOT NULL,
                from_state TEXT NOT NULL,
                to_state TEXT NOT NULL,
                reason TEXT,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX panel_steps_meeting ON panel_steps (meeting)",
            """
            CREATE TABLE panel_items (
                id TEXT NOT NULL PRIMARY KEY,
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                case_id TEXT NOT NULL,
                referral TEXT,
                kind TEXT NOT NULL,
                urgent BIGINT NOT NULL,
                agencies TEXT NOT NULL,
                presenter TEXT,
                allotted BIGINT,
                taken BIGINT,
                decision TEXT,
                no_action TEXT,
                risk_before TEXT,
                risk_after TEXT,
                listed_at BIGINT NOT NULL,
                taken_off_at BIGINT
            )
            """,
            "CREATE INDEX panel_items_meeting ON panel_items (meeting, listed_at)",
            "CREATE INDEX panel_items_case ON panel_items (case_id)",
            """
            CREATE TABLE panel_attendance (
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                account TEXT NOT NULL,
                agency TEXT NOT NULL,
                presence TEXT CHECK (presence IN ('present', 'apologies-with-information', 'apologies', 'absent')),
                deputy_for TEXT,
                accepted_at BIGINT,
                PRIMARY KEY (meeting, account)
            )
            """,
            """
            CREATE TABLE panel_withdrawals (
                item TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
                account TEXT NOT NULL,
                why TEXT NOT NULL CHECK (why IN ('conflict', 'left')),
                at BIGINT NOT NULL,
                PRIMARY KEY (item, account, why)
            )
            """,
            """
            CREATE TABLE panel_actions (
                id TEXT NOT NULL PRIMARY KEY,
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                item TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
                case_id TEXT NOT NULL,
                panel TEXT NOT NULL,
                text TEXT NOT NULL,
                agency TEXT NOT NULL,
                owner TEXT NOT NULL,
                due TEXT NOT NULL,
                risk_factor TEXT,
                status TEXT NOT NULL CHECK (status IN
                    ('open', 'done', 'done-late', 'not-possible-changed', 'not-undertaken', 'superseded')),
                outcome TEXT,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                closed_by TEXT,
                closed_at BIGINT
            )
            """,
            "CREATE INDEX panel_actions_panel ON panel_actions (panel, status, due)",
            "CREATE INDEX panel_actions_owner ON panel_actions (owner, status, due)",
            "CREATE INDEX panel_actions_item ON panel_actions (item)",
        ])

    private static let referrals = Migration(
        number: 381, name: "referrals to panels",
        statements: [
            """
            CREATE TABLE panel_referrals (
                id TEXT NOT NULL PRIMARY KEY,
                panel TEXT NOT NULL,
                case_id TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                route TEXT NOT NULL,
                why TEXT NOT NULL,
                emergency BIGINT NOT NULL,
                agency TEXT NOT NULL,
                referred_by TEXT NOT NULL,
                referred_at BIGINT NOT NULL,
                counts_from TEXT NOT NULL,
                victim TEXT,
                perpetrator TEXT,
                incident_on TEXT,
                incident_criminal BIGINT,
                state TEXT NOT NULL,
                missing TEXT NOT NULL,
                reason TEXT,
                forum TEXT,
                next_step TEXT,
                rule_version TEXT,
                decided_by TEXT,
                decided_at BIGINT,
                appeal TEXT,
                due_on TEXT,
                repeat_definition TEXT,
                is_repeat BIGINT,
                first_area TEXT,
                type_version TEXT NOT NULL
            )
            """,
            "CREATE INDEX panel_referrals_case ON panel_referrals (case_id, panel)",
            "CREATE INDEX panel_referrals_panel ON panel_referrals (panel, state)",
            "CREATE INDEX panel_referrals_victim ON panel_referrals (victim)",
            """
            CREATE TABLE panel_listed (
                record TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                panel TEXT NOT NULL,
                referral TEXT NOT NULL REFERENCES panel_referrals (id) ON DELETE CASCADE,
                agencies TEXT NOT NULL,
                from_day TEXT NOT NULL,
                until_day TEXT,
                PRIMARY KEY (record, panel, referral)
            )
            """,
            "CREATE INDEX panel_listed_referral ON panel_listed (referral)",
        ])

    private static let minutes = Migration(
        number: 382, name: "research and minutes of panels",
        statements: [
            """
            CREATE TABLE panel_research (
                id TEXT NOT NULL PRIMARY KEY REFERENCES register_records (id) ON DELETE CASCADE,
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                item TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
                person TEXT NOT NULL,
                agency TEXT NOT NULL,
                answer TEXT NOT NULL CHECK (answer IN ('known', 'not-known')),
                caution TEXT,
                withheld_reason TEXT,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                late BIGINT NOT NULL,
                UNIQUE (item, person, agency)
            )
            """,
            """
            CREATE TABLE panel_research_lines (
                id TEXT NOT NULL PRIMARY KEY,
                research TEXT NOT NULL REFERENCES panel_research (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('fact', 'opinion')),
                class BIGINT NOT NULL,
                side TEXT,
                text TEXT NOT NULL,
                released_at BIGINT,
                released_by TEXT
            )
            """,
            "CREATE INDEX panel_research_lines_research ON panel_research_lines (research, ordinal)",
            """
            CREATE TABLE panel_minutes (
                id TEXT NOT NULL PRIMARY KEY,
                meeting TEXT NOT NULL REFERENCES panel_meetings (id) ON DELETE CASCADE,
                item TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
                ordinal BIGINT NOT NULL,
                part TEXT NOT NULL,
                kind TEXT CHECK (kind IN ('fact', 'opinion')),
                person TEXT,
                side TEXT,
                class BIGINT NOT NULL,
                text TEXT NOT NULL,
                agency TEXT NOT NULL,
                research_line TEXT,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                struck_at BIGINT
            )
            """,
            "CREATE INDEX panel_minutes_item ON panel_minutes (item, ordinal)",
        ])

    private static let transfers = Migration(
        number: 383, name: "transfers between areas",
        statements: [
            """
            CREATE TABLE panel_transfers (
                id TEXT NOT NULL PRIMARY KEY,
                panel TEXT NOT NULL,
                case_id TEXT NOT NULL REFERENCES register_records (id) ON DELETE CASCADE,
                meeting TEXT,
                direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
                area TEXT NOT NULL,
                contact TEXT NOT NULL,
                first_referred_on TEXT NOT NULL,
                lines TEXT NOT NULL,
                actions TEXT NOT NULL,
                digest TEXT NOT NULL,
                made_by TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                acknowledge_by TEXT NOT NULL,
                acknowledged_at BIGINT,
                acknowledged_by TEXT
            )
            """,
            "CREATE INDEX panel_transfers_case ON panel_transfers (case_id, panel)",
            """
            CREATE TABLE panel_equalities (
                item TEXT NOT NULL REFERENCES panel_items (id) ON DELETE CASCADE,
                what TEXT NOT NULL,
                PRIMARY KEY (item, what)
            )
            """,
            """
            CREATE TABLE panel_households (
                item TEXT NOT NULL PRIMARY KEY REFERENCES panel_items (id) ON DELETE CASCADE,
                children BIGINT NOT NULL
            )
            """,
        ])

    private static let calendars = Migration(
        number: 384, name: "calendar addresses",
        statements: [
            """
            CREATE TABLE panel_calendars (
                account TEXT NOT NULL PRIMARY KEY,
                token_digest BYTEA NOT NULL,
                made_at BIGINT NOT NULL
            )
            """,
            "CREATE UNIQUE INDEX panel_calendars_token ON panel_calendars (token_digest)",
        ])
}
