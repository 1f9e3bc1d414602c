package io.sessionfilter.testkit.contract;

import org.junit.jupiter.api.Nested;

/** The expectations that hold for a container's own sessions as well as for ours. */
abstract class SharedContracts {
    abstract Deployment deployment();

    abstract String contextPath();

    @Nested
    class LifeCycle extends SessionLifeCycleContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Cookie extends CookieContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Attribute extends AttributeContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Commit extends CommitContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Dispatch extends DispatchContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Expiry extends ExpiryContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class KeptSession extends KeptSessionContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Async extends AsyncContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Accessor extends AccessorContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Concurrent extends ConcurrencyContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class WebSockets extends WebSocketContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class NonBlocking extends NonBlockingContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Response extends ResponseContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class CrossContext extends CrossContextContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }

    @Nested
    class Push extends PushContract {
        @Override
        Deployment deployment() {
            return SharedContracts.this.deployment();
        }

        @Override
        String contextPath() {
            return SharedContracts.this.contextPath();
        }
    }
}
