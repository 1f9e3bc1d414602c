package io.sessionfilter.testkit.contract;

import org.junit.jupiter.api.Nested;

/** All expectations of ours: the shared ones, and those that a container's own sessions cannot fulfil. */
abstract class AllContracts extends SharedContracts {
    @Nested
    class TwoNodes extends TwoNodesContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class SessionIds extends SessionIdContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class Accessors extends SessionAccessorContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class Durable extends DurabilityContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class SaveCount extends SaveCountContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class ManyUpdates extends ManyUpdatesContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }

    @Nested
    class CrossContextInclude extends CrossContextIncludeContract {
        @Override
        Deployment deployment() {
            return AllContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return AllContracts.this.contextPath();
        }
    }
}
