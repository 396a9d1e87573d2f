public import Storage

/// The tables of kept assessments. A published one does not change: the database itself refuses.
public enum AssessmentTables {
    /// The migrations, 310 to 319.
    public static let migrations: [Migration] = [
        Migration(
            number: 310, name: "assessments",
            statements: [
                """
                CREATE TABLE assessment_versions (
                    id TEXT PRIMARY KEY,
                    title TEXT NOT NULL,
                    area TEXT NOT NULL,
                    period_from TEXT NOT NULL,
                    period_to TEXT NOT NULL,
                    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
                    made_at BIGINT NOT NULL,
                    made_by TEXT NOT NULL,
                    made_by_name TEXT NOT NULL,
                    published_at BIGINT,
                    published_by TEXT,
                    published_by_name TEXT,
                    digest TEXT NOT NULL,
                    records_read BIGINT NOT NULL,
                    row_version BIGINT NOT NULL
                )
                """,
                "CREATE INDEX assessment_versions_by_time ON assessment_versions (made_at, id)",
                """
                CREATE TABLE assessment_files (
                    assessment TEXT NOT NULL REFERENCES assessment_versions (id),
                    name TEXT NOT NULL,
                    media_type TEXT NOT NULL,
                    digest TEXT NOT NULL,
                    size BIGINT NOT NULL,
                    content BYTEA NOT NULL,
                    PRIMARY KEY (assessment, name)
                )
                """,
                MigrationStatement(
                    sqlite: """
                        CREATE TRIGGER assessment_versions_fixed BEFORE UPDATE ON assessment_versions
                        WHEN OLD.state = 'published'
                        BEGIN SELECT RAISE(ABORT, 'a published assessment does not change'); END
                        """,
                    postgreSQL: """
                        CREATE FUNCTION refuse_published_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN RAISE EXCEPTION 'a published assessment does not change'; END $$
                        """),
                MigrationStatement(
                    sqlite: """
                        CREATE TRIGGER assessment_versions_kept BEFORE DELETE ON assessment_versions
                        WHEN OLD.state = 'published'
                        BEGIN SELECT RAISE(ABORT, 'a published assessment is kept'); END
                        """,
                    postgreSQL: """
                        CREATE TRIGGER assessment_versions_fixed BEFORE UPDATE OR DELETE ON assessment_versions
                        FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_published_assessment()
                        """),
                MigrationStatement(
                    sqlite: """
                        CREATE TRIGGER assessment_files_fixed BEFORE UPDATE ON assessment_files
                        BEGIN SELECT RAISE(ABORT, 'files of an assessment do not change'); END
                        """,
                    postgreSQL: """
                        CREATE FUNCTION refuse_published_file() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF TG_OP = 'UPDATE' OR EXISTS (
                                SELECT 1 FROM assessment_versions v WHERE v.id = OLD.assessment AND v.state = 'published')
                            THEN RAISE EXCEPTION 'files of an assessment do not change'; END IF;
                            RETURN OLD;
                        END $$
                        """),
                MigrationStatement(
                    sqlite: """
                        CREATE TRIGGER assessment_files_kept BEFORE DELETE ON assessment_files
                        WHEN EXISTS (
                            SELECT 1 FROM assessment_versions v WHERE v.id = OLD.assessment AND v.state = 'published')
                        BEGIN SELECT RAISE(ABORT, 'files of a published assessment are kept'); END
                        """,
                    postgreSQL: """
                        CREATE TRIGGER assessment_files_fixed BEFORE UPDATE OR DELETE ON assessment_files
                        FOR EACH ROW EXECUTE FUNCTION refuse_published_file()
                        """),
            ])
    ]
}
